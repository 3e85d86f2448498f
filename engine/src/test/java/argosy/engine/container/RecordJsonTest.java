package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.container.Container.Health;
import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.mount.PlannedMount;
import argosy.engine.disk.Records;
import argosy.engine.network.Sandbox;
import argosy.engine.network.Sandbox.Published;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.HealthSpec;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.Port;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down is read back the same. */
class RecordJsonTest {
  @TempDir Path directory;

  private static ContainerSpec full() {
    var plain = Specs.plain("sh", "-c", "true");
    var port = new Port(80, "tcp");
    return new ContainerSpec(
        plain.image(),
        plain.process(),
        plain.identity(),
        plain.isolation(),
        plain.security(),
        plain.resources(),
        plain.storage(),
        new NetworkSpec(
            "bridge",
            Map.of("bridge", EndpointSpec.ANY),
            Set.of(port),
            Map.of(port, List.of(new Binding("", "8080"))),
            false,
            NetworkSpec.Names.NONE,
            "",
            false),
        plain.log(),
        plain.restart(),
        new HealthSpec(
            List.of("CMD", "true"),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            2,
            Duration.ZERO,
            Duration.ZERO),
        true,
        "runc",
        null);
  }

  @Test
  void a_record() {
    var mount = new PlannedMount.Tmpfs("/tmp", "size=1m", true).resolved();
    var record =
        new ContainerRecord(
            "id", "web", Instant.now(), full(), "sha256:1", List.of("a"), 5, List.of(mount), true);
    var records = new Records<>(directory, "record.json", ContainerRecord.class);
    records.put("id", record);
    assertEquals(record, records.get("id").orElseThrow());
  }

  @Test
  void states() {
    var states = new Records<>(directory, "state.json", ContainerState.class);
    var sandbox =
        new Sandbox(
            "id",
            "/run/ns",
            List.of(),
            List.of(new Published(new Port(80, "tcp"), "0.0.0.0", 8080)),
            List.of("nameserver 127.0.0.11"));
    var ended = new Ended(Instant.now(), Instant.now(), 1, true, "why", true);
    for (Lifecycle life :
        List.of(
            new Lifecycle.Created(),
            new Lifecycle.Running(1, Instant.now()),
            new Lifecycle.Exited(ended),
            new Lifecycle.Restarting(ended))) {
      var probe = new Health.Probe(Instant.now(), Instant.now(), 1, "why");
      var health = new Health("unhealthy", 1, List.of(probe));
      var state = new ContainerState(life, 2, sandbox, health);
      states.put("id", state, false);
      assertEquals(state, states.get("id").orElseThrow());
    }
  }
}
