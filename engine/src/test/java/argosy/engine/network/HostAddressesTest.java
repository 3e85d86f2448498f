package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.network.HostAddresses.Gate;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.Sandbox.Published;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.Port;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
  private static final Map<String, String> PLAIN = Map.of();
  private static final Map<String, String> ROUTED_6 =
      Map.of(BridgeOptions.GATEWAY_MODE_6, "routed");

  private static Gate gate(Map<String, String> options) {
    var network =
        new Network(
            "id",
            "n",
            "bridge",
            Instant.EPOCH,
            false,
            false,
            true,
            List.of(),
            options,
            Map.of(),
            Map.of());
    var endpoint =
        new Endpoint(
            "e",
            "n",
            "id",
            "c",
            "c",
            "eth0",
            "",
            "10.0.0.2",
            24,
            "10.0.0.1",
            "fd00::2",
            64,
            "fd00::1",
            EndpointSpec.ANY,
            List.of());
    return new Gate(network, endpoint);
  }

  private static HostAddresses both(Map<String, String> options, String asked) {
    return HostAddresses.of(_ -> Optional.of(gate(options)), new Binding(asked, "8080"));
  }

  private static HostAddresses four(Map<String, String> options, String asked) {
    return HostAddresses.of(
        six -> six ? Optional.empty() : Optional.of(gate(options)), new Binding(asked, "8080"));
  }

  private static HostAddresses of(List<String> translated, List<String> routed) {
    return new HostAddresses(ips(translated), ips(routed));
  }

  private static List<Ip> ips(List<String> texts) {
    return texts.stream().map(Ip::parse).toList();
  }

  @Test
  void a_port_without_an_address_is_published_in_the_families_that_lead_out() {
    assertEquals(of(List.of("0.0.0.0", "::"), List.of()), both(PLAIN, ""));
    assertEquals(of(List.of("0.0.0.0"), List.of()), four(PLAIN, ""));
    assertEquals(of(List.of("10.9.8.7"), List.of()), both(PLAIN, "10.9.8.7"));
    assertEquals(of(List.of(), List.of()), four(PLAIN, "fd00::9"));
  }

  @Test
  void the_networks_own_address_counts_where_nobody_names_one() {
    for (String bound : List.of("127.0.0.1", "fd00::9")) {
      var options = Map.of(BridgeOptions.HOST_BINDING, bound);
      assertEquals(of(List.of(bound), List.of()), both(options, ""));
      assertEquals(of(List.of("::"), List.of()), both(options, "::"));
    }
  }

  @Test
  void in_a_routed_family_the_containers_own_address_is_reached_whatever_was_asked_for() {
    assertEquals(of(List.of("0.0.0.0"), List.of("::")), both(ROUTED_6, ""));
    assertEquals(of(List.of(), List.of("::")), both(ROUTED_6, "fd00::9"));
  }

  @Test
  void what_stands_is_not_missing() {
    var asked = new Binding("", "8080");
    var standing =
        Stream.of("0.0.0.0", "::")
            .map(each -> new Published(Port.parse("80"), each, 8080, asked))
            .toList();
    assertEquals(of(List.of(), List.of()), both(PLAIN, "").without(standing));
    assertEquals(of(List.of(), List.of("::")), both(ROUTED_6, "").without(standing));
    assertEquals(of(List.of("::"), List.of()), both(PLAIN, "").without(standing.subList(0, 1)));
  }

  @Test
  void an_address_that_leads_nowhere_is_refused_by_name_only() {
    four(PLAIN, "").check(new Binding("", "80"), "n");
    var six = new Binding("fd00::9", "80");
    assertThrows(Refused.class, () -> four(PLAIN, "fd00::9").check(six, "n"));
    both(PLAIN, "fd00::9").check(six, "n");
    assertThrows(Refused.class, () -> both(PLAIN, "nonsense"));
  }
}
