package argosy.cli;

import static argosy.cli.CommandLine.answering;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cli.client.ScriptedDaemon;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks made, left and removed. */
class NetworkCommandsTest {
  private final CommandLine shell = new CommandLine();

  @Test
  void a_network_is_made_with_its_addresses() throws IOException {
    try (var daemon = answering(201, "{\"Id\":\"0123\",\"Warning\":\"\"}")) {
      assertEquals(
          0,
          shell.argosy(
              daemon,
              "network",
              "create",
              "--ipv6",
              "--internal",
              "--label",
              "a=b",
              "-o",
              "mtu=1400",
              "--subnet",
              "10.1.0.0/16",
              "--subnet",
              "fd00::/64",
              "--gateway",
              "10.1.0.9",
              "net"));
      assertEquals("0123\n", shell.out());
      String request = daemon.requests().getFirst();
      assertTrue(
          request.startsWith(
              "POST /networks/create {\"Name\":\"net\",\"Driver\":\"bridge\",\"Internal\":true,"
                  + "\"Attachable\":false,\"EnableIPv6\":true,\"Labels\":{\"a\":\"b\"},"
                  + "\"Options\":{\"mtu\":\"1400\"},\"IPAM\":{"),
          request);
      assertTrue(
          request.contains(
              "\"Config\":[{\"Subnet\":\"10.1.0.0/16\",\"Gateway\":\"10.1.0.9\"},"
                  + "{\"Subnet\":\"fd00::/64\"}]"),
          request);
    }
  }

  @Test
  void a_plain_network_leaves_the_addresses_to_the_daemon() throws IOException {
    try (var daemon = answering(201, "{\"Id\":\"0123\"}")) {
      assertEquals(0, shell.argosy(daemon, "network", "create", "net"));
      assertEquals(
          List.of(
              "POST /networks/create {\"Name\":\"net\",\"Driver\":\"bridge\",\"Internal\":false,"
                  + "\"Attachable\":false,\"EnableIPv6\":false,\"Labels\":{},\"Options\":{}}"),
          daemon.requests());
    }
  }

  @Test
  void what_makes_no_network_is_told() throws IOException {
    try (var daemon = answering(409, "{\"message\":\"network with name net already exists\"}")) {
      assertEquals(1, shell.argosy(daemon, "network", "create", "--gateway", "10.1.0.9", "net"));
      assertEquals("argosy: --gateway and --ip-range need a --subnet\n", shell.err());
      assertEquals(List.of(), daemon.requests());
      assertEquals(1, shell.argosy(daemon, "network", "create", "net"));
      assertEquals("argosy: network with name net already exists\n", shell.err());
      assertEquals("", shell.out());
    }
  }

  @Test
  void a_container_leaves_a_network() throws IOException {
    try (var daemon = answering(200, "")) {
      assertEquals(0, shell.argosy(daemon, "network", "disconnect", "-f", "net", "web"));
      assertEquals("", shell.out());
      String request = daemon.requests().getFirst();
      assertTrue(request.startsWith("POST /networks/net/disconnect {"), request);
      assertTrue(request.contains("\"Container\":\"web\""), request);
      assertTrue(request.contains("\"Force\":true"), request);
    }
    try (var daemon = answering(404, "{\"message\":\"network net not found\"}")) {
      assertEquals(1, shell.argosy(daemon, "network", "disconnect", "net", "web"));
      assertEquals("argosy: network net not found\n", shell.err());
    }
  }

  @Test
  void networks_are_removed_one_by_one() throws IOException {
    ScriptedDaemon.Script script =
        exchange -> {
          boolean used = exchange.line().endsWith("/used");
          exchange.answer(
              used ? 403 : 204, used ? "{\"message\":\"it has active endpoints\"}" : "");
        };
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(1, shell.argosy(daemon, "network", "rm", "a", "used", "b"));
      assertEquals("a\nb\n", shell.out());
      assertEquals("argosy: it has active endpoints\n", shell.err());
      assertEquals(
          List.of("DELETE /networks/a", "DELETE /networks/used", "DELETE /networks/b"),
          daemon.requests());
      assertEquals(0, shell.argosy(daemon, "network", "rm", "a"));
    }
  }
}
