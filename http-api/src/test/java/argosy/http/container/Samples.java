package argosy.http.container;

import argosy.engine.container.Container;
import argosy.engine.container.Container.Health;
import argosy.engine.container.Container.MountPoint;
import argosy.engine.container.Container.Paths;
import argosy.engine.container.Lifecycle;
import argosy.engine.network.Endpoint;
import argosy.engine.network.Sandbox;
import argosy.engine.network.Sandbox.Published;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.Port;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers as the engine would give them. */
final class Samples {
  static final String ID = "f996579350d346bf81aae784763e5cd643135182b3c4e2b0753b2c4b9311b7c9";
  static final Instant CREATED = Instant.parse("2026-11-21T17:49:02.5Z");

  private Samples() {}

  static Container container(Lifecycle state) {
    return container(Bodies.spec("run-plain"), state, null, null);
  }

  static Container of(ContainerSpec spec) {
    return container(spec, new Lifecycle.Created(), null, null);
  }

  static Container withHealth(Lifecycle state, String status) {
    return container(Bodies.spec("run-plain"), state, null, new Health(status, 0, List.of()));
  }

  /** The recorded web server, up and on its network. */
  static Container web() {
    var asked = new EndpointSpec("10.1.0.9", "", "", List.of("w"), List.of(), Map.of(), 0);
    var endpoint =
        new Endpoint(
            "e1",
            "front",
            "n1",
            ID,
            "web",
            "eth0",
            "02:42:0a:01:00:09",
            "10.1.0.9",
            16,
            "10.1.0.1",
            "",
            0,
            "",
            asked,
            List.of("web", "w", "f996579350d3"));
    var sandbox =
        new Sandbox(
            ID,
            "/run/argosy/netns/" + ID,
            List.of(endpoint),
            List.of(
                new Published(new Port(80, "tcp"), "0.0.0.0", 8080),
                new Published(new Port(80, "tcp"), "::", 8080)),
            List.of());
    return container(
        Bodies.spec("run-web"), new Lifecycle.Running(4711, CREATED.plusSeconds(1)), sandbox, null);
  }

  /** The web server again, on its host's own network, where no port is forwarded. */
  static Container onHostNetwork() {
    var endpoint =
        new Endpoint(
            "e1",
            "host",
            "n2",
            ID,
            "web",
            "",
            "",
            "",
            0,
            "",
            "",
            0,
            "",
            EndpointSpec.ANY,
            List.of());
    var sandbox = new Sandbox(ID, "", List.of(endpoint), List.of(), List.of());
    return container(
        Bodies.spec("run-web"), new Lifecycle.Running(4711, CREATED.plusSeconds(1)), sandbox, null);
  }

  private static Container container(
      ContainerSpec spec, Lifecycle state, @Nullable Sandbox sandbox, @Nullable Health health) {
    return new Container(
        ID,
        "web",
        CREATED,
        spec,
        "sha256:aa",
        state,
        0,
        sandbox,
        List.of(
            new MountPoint(
                "volume",
                "data",
                "/var/lib/argosy/volumes/data/_data",
                "/d",
                "local",
                "z",
                true,
                "")),
        new Paths("/l/log", "/l/resolv.conf", "/l/hostname", "/l/hosts", "/lo", "/up", "/wo", "/m"),
        List.of(),
        health,
        null);
  }
}
