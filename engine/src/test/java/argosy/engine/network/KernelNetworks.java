package argosy.engine.network;

import static argosy.engine.network.TestNamespaces.await;
import static argosy.engine.network.TestNamespaces.in;
import static argosy.engine.network.TestNamespaces.sh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import argosy.engine.EngineConfig;
import argosy.engine.dns.NameConfig;
import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageSettings;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.protocol.Ask;
import argosy.engine.registry.RegistrySettings;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.Names;
import argosy.engine.spec.Port;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The networks on a real kernel, in a namespace of the test's own. Needs root. */
abstract class KernelNetworks {
  @TempDir Path root;
  final ActorTestKit kit = ActorTestKit.create();
  final TestProbe<Events.Command> events = kit.createTestProbe();
  final TestProbe<Outcome<Object>> replies = kit.createTestProbe();
  final TestProbe<Outcome<Sandbox>> joins = kit.createTestProbe();
  final TestProbe<Outcome<Attachment.Rewired>> wires = kit.createTestProbe();
  final TestProbe<Outcome<Done>> dones = kit.createTestProbe();
  final List<Process> servers = new ArrayList<>();
  TestNamespaces net;
  ActorRef<Networks.Command> networks;

  @BeforeEach
  void start() {
    net = new TestNamespaces();
    networks = daemon();
    adopt(List.of());
  }

  @AfterEach
  void stop() {
    servers.forEach(Process::destroyForcibly);
    try {
      kit.stop(networks);
      startDaemon();
      adopt(List.of());
      kit.stop(networks);
      assertFalse(sh("cat /proc/self/mountinfo").contains(root.toString()), "mounts are left");
      await(
          "no link is left", () -> in(net.host, "ip -br link | grep -c argo || true").equals("1"));
    } finally {
      kit.shutdownTestKit();
      net.close();
    }
  }

  /** Those in a bridge; others lie ready for the next container. */
  String links() {
    return in(net.host, "ip -o link | grep -E ': argo[0-9a-f]{11}@' | grep master || true");
  }

  void startDaemon() {
    networks = daemon();
  }

  private ActorRef<Networks.Command> daemon() {
    return kit.spawn(Networks.create(config(), events.ref(), net.onHost()));
  }

  void adopt(List<Sandbox> running) {
    networks.tell(new Attachment.Adopt(running, Set.of(), dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(Duration.ofSeconds(10)));
  }

  static NetworkSpec bridge(Map<Port, List<Binding>> bindings) {
    return spec("default", bindings);
  }

  static NetworkSpec spec(String mode, Map<Port, List<Binding>> bindings) {
    return new NetworkSpec(mode, Map.of(), Set.of(), bindings, false, Names.NONE, "", false);
  }

  Sandbox join(String container, NetworkSpec spec) {
    return switch (tryJoin(container, spec)) {
      case Outcome.Ok<Sandbox>(var sandbox) -> sandbox;
      case Outcome.Failed<Sandbox>(var failure) -> throw new AssertionError(failure);
    };
  }

  Failure refused(NetworkSpec spec) {
    return assertInstanceOf(Outcome.Failed.class, tryJoin("b", spec)).failure();
  }

  Outcome<Sandbox> tryJoin(String container, NetworkSpec spec) {
    networks.tell(new Attachment.Join(container, container, container, spec, joins.ref()));
    return joins.receiveMessage(Duration.ofSeconds(10));
  }

  void leave(String container) {
    networks.tell(new Attachment.Leave(container, dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(Duration.ofSeconds(10)));
  }

  static String ip(Sandbox sandbox) {
    return sandbox.endpoints().getFirst().ipv4();
  }

  Network network(String reference) {
    return (Network) ask(new NetworkRequest.Inspect(reference));
  }

  Object ask(NetworkRequest<?> request) {
    return switch (outcome(request)) {
      case Outcome.Ok<Object>(var value) -> value;
      case Outcome.Failed<Object>(var failure) -> throw new AssertionError(failure);
    };
  }

  Failure failure(NetworkRequest<?> request) {
    return assertInstanceOf(Outcome.Failed.class, outcome(request)).failure();
  }

  Outcome<Object> outcome(NetworkRequest<?> request) {
    networks.tell(new Networks.Asked(new Ask<>(request, replies.ref())));
    return replies.receiveMessage(Duration.ofSeconds(10));
  }

  EngineConfig config() {
    return new EngineConfig(
        root.resolve("data"),
        root.resolve("exec"),
        "n1",
        List.of(),
        "",
        "",
        "argosy0",
        ImageSettings.of(root.resolve("data"), RegistrySettings.of(List.of(), List.of())),
        Duration.ofSeconds(10),
        false,
        new NetworkConfig(
            "",
            "",
            "",
            false,
            true,
            true,
            1500,
            "0.0.0.0",
            "",
            "",
            List.of(),
            Duration.ZERO,
            Map.of()),
        NameConfig.DEFAULT);
  }
}
