package argosy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cli.client.ScriptedDaemon;
import argosy.cli.client.ScriptedDaemon.Exchange;
import argosy.cli.command.Console;
import argosy.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes, networks, pruning and credentials against a scripted daemon. */
class StorageCommandsTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private String input = "";

  private int argosy(ScriptedDaemon daemon, String... args) throws IOException {
    var console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            Terminal.system());
    var all = new java.util.ArrayList<>(List.of("-H", daemon.url()));
    all.addAll(List.of(args));
    return new Argosy(console, Map.of("DOCKER_CONFIG", directory.toString())).run(all);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ScriptedDaemon answering(String body) throws IOException {
    return ScriptedDaemon.onUnix((Exchange exchange) -> exchange.answer(200, body));
  }

  @Test
  void a_volume_is_made_with_its_drivers_options() throws IOException {
    try (var daemon = answering("{\"Name\":\"v\"}")) {
      assertEquals(
          0, argosy(daemon, "volume", "create", "-o", "type=tmpfs", "--label", "a=b", "v"));
      assertEquals("v\n", out());
      assertEquals(
          List.of(
              "POST /volumes/create {\"Name\":\"v\",\"Driver\":\"local\",\"DriverOpts\":{\"type\":\"tmpfs\"},\"Labels\":{\"a\":\"b\"}}"),
          daemon.requests());
    }
  }

  @Test
  void a_volume_is_cloned() throws IOException {
    try (var daemon = answering("{\"Name\":\"w\"}")) {
      assertEquals(0, argosy(daemon, "volume", "clone", "v", "w"));
      assertTrue(daemon.requests().getFirst().startsWith("POST /volumes/v/clone "));
    }
  }

  @Test
  void nothing_is_pruned_without_a_yes() throws IOException {
    try (var daemon = answering("{\"VolumesDeleted\":[\"x\"],\"SpaceReclaimed\":2000}")) {
      input = "n\n";
      assertEquals(0, argosy(daemon, "volume", "prune"));
      assertEquals(List.of(), daemon.requests());
      assertTrue(out().contains("anonymous volumes not used"), out());
      input = "y\n";
      assertEquals(0, argosy(daemon, "volume", "prune", "--all"));
      assertTrue(daemon.requests().getFirst().startsWith("POST /volumes/prune?filters="));
      assertTrue(out().endsWith("Deleted Volumes:\nx\n\nTotal reclaimed space: 2kB\n"), out());
    }
  }

  @Test
  void a_container_is_connected_with_its_names_there() throws IOException {
    try (var daemon = answering("")) {
      assertEquals(
          0, argosy(daemon, "network", "connect", "--alias", "db", "--ip", "10.1.0.9", "net", "c"));
      String request = daemon.requests().getFirst();
      assertTrue(request.startsWith("POST /networks/net/connect "), request);
      assertTrue(request.contains("\"Aliases\":[\"db\"]"), request);
      assertTrue(request.contains("\"IPv4Address\":\"10.1.0.9\""), request);
    }
  }

  @Test
  void credentials_are_kept_as_docker_keeps_them_and_forgotten() throws IOException {
    Path config = directory.resolve("config.json");
    Files.writeString(config, "{\"psFormat\": \"x\"}");
    try (var daemon = answering("{\"Status\":\"Login Succeeded\"}")) {
      input = "secret\n";
      assertEquals(
          0, argosy(daemon, "login", "-u", "me", "--password-stdin", "registry.example:5000"));
      assertTrue(out().contains("Login Succeeded"), out());
      assertTrue(
          daemon
              .requests()
              .getFirst()
              .contains("{\"username\":\"me\",\"password\":\"secret\",\"serveraddress\":"));
      String kept = Files.readString(config);
      assertTrue(kept.contains("\"auth\": \"bWU6c2VjcmV0\""), kept);
      assertTrue(kept.contains("psFormat"), kept);
      assertEquals(0, argosy(daemon, "logout", "registry.example:5000"));
      assertFalse(Files.readString(config).contains("bWU6"));
    }
  }
}
