package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.container.Container.Paths;
import argosy.engine.failure.Refused;
import argosy.engine.network.Endpoint;
import argosy.engine.network.Sandbox;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.NetworkSpec.Names;
import argosy.engine.spec.Port;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BridgeLinksTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void a_link_is_a_line_and_variables() {
    var links = links("bridge", other("bridge"));
    assertEquals(List.of("172.17.0.2\tmy-db  db"), links.hosts());
    assertEquals(
        List.of(
            "MY_DB_PORT=tcp://172.17.0.2:5432",
            "MY_DB_PORT_5432_TCP=tcp://172.17.0.2:5432",
            "MY_DB_PORT_5432_TCP_ADDR=172.17.0.2",
            "MY_DB_PORT_5432_TCP_PORT=5432",
            "MY_DB_PORT_5432_TCP_PROTO=tcp",
            "MY_DB_PORT_6000_UDP=udp://172.17.0.2:6000",
            "MY_DB_PORT_6000_UDP_ADDR=172.17.0.2",
            "MY_DB_PORT_6000_UDP_PORT=6000",
            "MY_DB_PORT_6000_UDP_PROTO=udp",
            "MY_DB_NAME=/app/my-db",
            "MY_DB_ENV_USER=captain"),
        links.variables());
  }

  @Test
  void on_other_networks_the_name_service_knows_links() {
    assertEquals(List.of(), links("front", other("front")).hosts());
    assertEquals(List.of(), links("front", other("front")).variables());
  }

  @Test
  void the_other_must_run_on_the_bridge() {
    for (Container other : List.of(other(null), other("front"))) {
      assertEquals(
          "Cannot link to a non running container: /db AS /app/my-db",
          assertThrows(Refused.class, () -> links("bridge", other)).getMessage());
    }
  }

  @Test
  void ones_own_variables_win() {
    var spec = spec(List.of("A=own"), List.of()).with(List.of("A=linked", "B=linked"));
    assertEquals(List.of("B=linked", "A=own"), spec.process().env());
  }

  private static BridgeLinks links(String network, Container other) {
    var record =
        new ContainerRecord(
            "1",
            "app",
            NOW,
            spec(List.of(), List.of("db:my-db")),
            "",
            List.of(),
            0,
            List.of(),
            false);
    return BridgeLinks.of(record, sandbox(network, "172.17.0.3"), _ -> other);
  }

  private static Container other(@Nullable String network) {
    return new Container(
        "2",
        "db",
        NOW,
        spec(List.of("PATH=/bin", "HOME=/root", "USER=captain"), List.of()),
        "",
        new Lifecycle.Created(),
        0,
        network == null ? null : sandbox(network, "172.17.0.2"),
        List.of(),
        new Paths("", "", "", "", "", "", "", ""),
        List.of(),
        null,
        null);
  }

  private static ContainerSpec spec(List<String> env, List<String> links) {
    var names = new Names(List.of(), List.of(), List.of(), List.of(), links);
    var ports = Set.of(new Port(6000, "udp"), new Port(5432, "tcp"));
    return Specs.plain("sh")
        .on(new NetworkSpec("default", Map.of(), ports, Map.of(), false, names, "", false))
        .with(env);
  }

  private static Sandbox sandbox(String network, String address) {
    var endpoint =
        new Endpoint(
            "e",
            network,
            "n",
            "c",
            "c",
            "eth0",
            "",
            address,
            16,
            "",
            "",
            0,
            "",
            EndpointSpec.ANY,
            List.of());
    return new Sandbox("c", "/ns", List.of(endpoint), List.of(), List.of());
  }
}
