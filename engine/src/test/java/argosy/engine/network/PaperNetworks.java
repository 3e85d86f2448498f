package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import argosy.engine.EngineConfig;
import argosy.engine.dns.NameConfig;
import argosy.engine.event.Event;
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
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.NetworkSpec.Names;
import argosy.engine.spec.Port;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The networks' actor over a wiring that only writes down what it is told. */
abstract class PaperNetworks {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final Port WEB = Port.parse("80");
  static final Port DNS = Port.parse("53");

  @TempDir Path root;
  final ActorTestKit kit = ActorTestKit.create();
  final TestProbe<Events.Command> events = kit.createTestProbe();
  final TestProbe<Outcome<Object>> replies = kit.createTestProbe();
  final TestProbe<Outcome<Sandbox>> joins = kit.createTestProbe();
  final TestProbe<Outcome<Attachment.Rewired>> wires = kit.createTestProbe();
  final TestProbe<Outcome<Done>> dones = kit.createTestProbe();
  final PaperWiring wiring = new PaperWiring();
  final PaperNames names = new PaperNames();
  final Remembered remembered = new Remembered();
  ActorRef<Networks.Command> networks;

  @BeforeEach
  void start() {
    networks = spawned();
    adopt(List.of());
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  static List<Binding> hosts(String... hostPorts) {
    return Stream.of(hostPorts).map(port -> new Binding("", port)).toList();
  }

  static List<Integer> ports(Attachment.Rewired change) {
    return Objects.requireNonNull(change.sandbox()).ports().stream()
        .map(Sandbox.Published::hostPort)
        .toList();
  }

  void order(
      String container,
      NetworkSpec spec,
      Map<Port, List<Binding>> add,
      Map<Port, List<Binding>> remove) {
    networks.tell(
        new Attachment.Publish(guest(container), spec, add, remove, true, wires.getRef()));
  }

  void spawn() {
    networks = spawned();
  }

  private ActorRef<Networks.Command> spawned() {
    return kit.spawn(Networks.create(around(remembered)));
  }

  Networks.Surroundings around(Remembered known) {
    return new Networks.Surroundings(
        config(),
        events.ref(),
        Runnable::run,
        () -> wiring,
        _ -> names,
        InstantSource.system(),
        new SecureRandom(),
        known);
  }

  void adopt(List<Sandbox> running) {
    networks.tell(new Attachment.Adopt(running, Set.of(), dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(PATIENCE));
  }

  static Sandbox sandbox(String network, String ip) {
    var endpoint =
        new Endpoint(
            "e".repeat(64),
            "bridge",
            network,
            "old",
            "old",
            "eth0",
            "",
            ip,
            16,
            "",
            "",
            0,
            "",
            EndpointSpec.ANY,
            List.of());
    return new Sandbox("old", "/netns/00000000000000aa", List.of(endpoint), List.of(), List.of());
  }

  static NetworkSpec web(String hostPort) {
    return new NetworkSpec(
        "default",
        Map.of(),
        Set.of(),
        Map.of(WEB, List.of(new Binding("", hostPort))),
        false,
        Names.NONE,
        "",
        false);
  }

  static NetworkSpec at(String address) {
    return new NetworkSpec(
        "own",
        Map.of("own", new EndpointSpec(address, "", "", List.of(), List.of(), Map.of(), 0)),
        Set.of(),
        Map.of(),
        false,
        Names.NONE,
        "",
        false);
  }

  void join(String container, NetworkSpec spec) {
    networks.tell(new Attachment.Join(container, container, container, spec, joins.ref()));
  }

  static Guest guest(String container) {
    return new Guest(container, container, container);
  }

  Attachment.Rewired connect(
      Guest guest, NetworkSpec spec, String network, EndpointSpec asked, boolean running) {
    networks.tell(new Attachment.Connect(guest, spec, network, asked, running, wires.ref()));
    return rewired();
  }

  Attachment.Rewired rewired() {
    return switch (wires.receiveMessage(PATIENCE)) {
      case Outcome.Ok<Attachment.Rewired>(var rewired) -> rewired;
      case Outcome.Failed<Attachment.Rewired>(var failure) -> throw new AssertionError(failure);
    };
  }

  Sandbox joined() {
    return switch (joins.receiveMessage(PATIENCE)) {
      case Outcome.Ok<Sandbox>(var sandbox) -> sandbox;
      case Outcome.Failed<Sandbox>(var failure) -> throw new AssertionError(failure);
    };
  }

  Failure refused() {
    return assertInstanceOf(Outcome.Failed.class, joins.receiveMessage(PATIENCE)).failure();
  }

  void leave(String container) {
    networks.tell(new Attachment.Leave(container, dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(PATIENCE));
  }

  Event event() {
    return ((Events.Publish) events.receiveMessage(PATIENCE)).event();
  }

  Network create(String name) {
    return (Network) ok(creation(name));
  }

  static NetworkRequest.Create creation(String name) {
    return new NetworkRequest.Create(name, "", false, false, false, List.of(), Map.of(), Map.of());
  }

  Network network(String reference) {
    return (Network) ok(new NetworkRequest.Inspect(reference));
  }

  Object ok(NetworkRequest<?> request) {
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
    return replies.receiveMessage(PATIENCE);
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
