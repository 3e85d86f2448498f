package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.EngineConfig;
import argosy.engine.dns.NameConfig;
import argosy.engine.dns.NameServer;
import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageSettings;
import argosy.engine.linux.NetworkNamespace;
import argosy.engine.linux.Reaper;
import argosy.engine.netlink.KernelWiring;
import argosy.engine.netlink.Wiring;
import argosy.engine.network.Attachment.Rewired;
import argosy.engine.network.NetworkRequest.Pool;
import argosy.engine.protocol.Ask;
import argosy.engine.registry.RegistrySettings;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.NetworkSpec.Names;
import argosy.engine.spec.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a host in a namespace of its own, with a daemon that dies and comes back. What
 * the records of its containers would say is kept as they would: from the answers.
 */
final class MortalHost implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger HOSTS = new AtomicInteger();

  final Path namespace;
  final Path root;
  private final ActorTestKit kit;
  private final ExecutorService threads;
  private final Map<String, Sandbox> sandboxes = new TreeMap<>();
  private final Map<String, NetworkSpec> specs = new TreeMap<>();
  private final TestProbe<Outcome<Object>> replies;
  private final TestProbe<Outcome<Sandbox>> joins;
  private final TestProbe<Outcome<Rewired>> wires;
  private final TestProbe<Outcome<Done>> dones;
  private final Supplier<Wiring> wiring;
  private ActorRef<Networks.Command> networks;
  private boolean forgetful;

  MortalHost(ActorTestKit kit, Path directory) {
    this.kit = kit;
    this.replies = kit.createTestProbe();
    this.joins = kit.createTestProbe();
    this.wires = kit.createTestProbe();
    this.dones = kit.createTestProbe();
    this.root = directory.resolve("host" + HOSTS.incrementAndGet());
    this.namespace = root.resolve("namespace");
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NetworkNamespace.create(namespace, () -> 0);
    this.threads = TestNamespaces.threadsIn(namespace);
    TestNamespaces.in(namespace.toString(), "ip link set lo up");
    this.wiring = KernelWiring.opening(root.resolve("exec/netns"));
    this.networks = spawn();
  }

  private ActorRef<Networks.Command> spawn() {
    return kit.spawn(
        Networks.create(
            new Networks.Surroundings(
                config(),
                kit.system().<Events.Command>ignoreRef(),
                threads,
                wiring,
                book -> NameServer.start(book, NameConfig.DEFAULT, List::of),
                InstantSource.system(),
                new SecureRandom(),
                new Remembered())));
  }

  /** By container, as their records say. */
  Map<String, Sandbox> sandboxes() {
    return sandboxes;
  }

  /** Tells the daemon what runs; false when it could not take over. */
  boolean adopt() {
    return done(reply -> new Attachment.Adopt(List.copyOf(sandboxes.values()), Set.of(), reply));
  }

  /** Namespaces that lie ready for containers to come. */
  int spare() {
    String[] files = root.resolve("exec/netns").toFile().list();
    return files == null ? 0 : files.length - sandboxes.size();
  }

  /** The daemon is gone; its half-written files are those of another process from now on. */
  void die() {
    kit.stop(networks);
    try (var files = Files.walk(root.resolve("data"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".new")).toList()) {
        Files.move(file, file.resolveSibling("record.json.1-0-1.new"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It is killed while it does nothing. */
  void kill() {
    try (var reaper = new Reaper(0, "nothing is made ahead")) {
      die();
      assertTrue(reaper.isDead());
    }
  }

  /** A container's link into a network is gone. */
  void cut(String container, String network) {
    Sandbox sandbox = Objects.requireNonNull(sandboxes.get(container));
    for (Endpoint endpoint : sandbox.endpoints()) {
      if (endpoint.network().equals(network)) {
        String link = Wiring.link(sandbox.path(), endpoint.number());
        TestNamespaces.in(namespace.toString(), "ip link del " + link);
      }
    }
  }

  /** Another daemon comes. */
  void rise() {
    networks = spawn();
    forgetful = false;
  }

  /** What is answered from now on is not written down any more: the daemon dies just before. */
  void forget() {
    forgetful = true;
  }

  /** A network of both families; {@code number} tells its subnets from others. */
  boolean create(String name, int number) {
    var pools =
        Stream.of("10.80.%d.0/24", "fd00:80:%d::/64")
            .map(subnet -> new Pool(subnet.formatted(number), "", "", Map.of()))
            .toList();
    return request(
        new NetworkRequest.Create(
            name, "bridge", false, false, true, pools, Map.of(), Map.of("of", name)));
  }

  boolean remove(String name) {
    return request(new NetworkRequest.Remove(name));
  }

  List<NetworkRequest.Network> networks() {
    networks.tell(new Networks.Asked(new Ask<>(new NetworkRequest.Find(Map.of()), replies.ref())));
    return switch (replies.receiveMessage(PATIENCE)) {
      case Outcome.Ok<Object>(var listed) -> ((NetworkRequest.Listed) listed).networks();
      case Outcome.Failed<Object>(var failure) -> throw new AssertionError(failure);
    };
  }

  private boolean request(NetworkRequest<?> request) {
    networks.tell(new Networks.Asked(new Ask<>(request, replies.ref())));
    return replies.receiveMessage(PATIENCE) instanceof Outcome.Ok;
  }

  /** Starts a container in these networks, with these ports published. */
  boolean start(String container, List<String> wanted, Map<Port, List<Binding>> ports) {
    var all = wanted.stream().collect(Collectors.toMap(each -> each, _ -> EndpointSpec.ANY));
    var spec =
        new NetworkSpec(wanted.getFirst(), all, Set.of(), ports, false, Names.NONE, "", false);
    networks.tell(new Attachment.Join(container, container, container, spec, joins.ref()));
    boolean ok = false;
    if (joins.receiveMessage(PATIENCE) instanceof Outcome.Ok<Sandbox>(var sandbox)) {
      ok = true;
      write(container, spec, sandbox);
    }
    return ok;
  }

  /** Its process has ended already, so whoever looks after a crash finds that it does not run. */
  boolean stop(String container) {
    sandboxes.remove(container);
    return done(reply -> new Attachment.Leave(container, reply));
  }

  boolean connect(String container, String network) {
    return rewire(
        container,
        (spec, reply) ->
            new Attachment.Connect(guest(container), spec, network, EndpointSpec.ANY, true, reply));
  }

  boolean disconnect(String container, String network) {
    return rewire(
        container,
        (spec, reply) -> new Attachment.Disconnect(guest(container), spec, network, true, reply));
  }

  boolean publish(String container, Map<Port, List<Binding>> add, Map<Port, List<Binding>> remove) {
    return rewire(
        container,
        (spec, reply) -> new Attachment.Publish(guest(container), spec, add, remove, true, reply));
  }

  private static Guest guest(String container) {
    return new Guest(container, container, container);
  }

  private boolean rewire(
      String container, BiFunction<NetworkSpec, ActorRef<Outcome<Rewired>>, Attachment> order) {
    networks.tell(order.apply(Objects.requireNonNull(specs.get(container)), wires.ref()));
    boolean ok = false;
    if (wires.receiveMessage(PATIENCE) instanceof Outcome.Ok<Rewired>(var rewired)) {
      ok = true;
      write(container, rewired.spec(), rewired.sandbox());
    }
    return ok;
  }

  private void write(String container, NetworkSpec spec, @Nullable Sandbox sandbox) {
    if (!forgetful && sandbox != null) {
      specs.put(container, spec);
      sandboxes.put(container, sandbox);
    }
  }

  private boolean done(Function<ActorRef<Outcome<Done>>, Attachment> order) {
    networks.tell(order.apply(dones.ref()));
    return dones.receiveMessage(PATIENCE) instanceof Outcome.Ok;
  }

  @Override
  public void close() {
    kit.stop(networks);
    sandboxes.clear();
    rise();
    assertTrue(adopt());
    kit.stop(networks);
    threads.shutdownNow();
    List.of(replies, joins, wires, dones).forEach(TestProbe::stop);
    NetworkNamespace.release(namespace);
  }

  private EngineConfig config() {
    Path data = root.resolve("data");
    return new EngineConfig(
        data,
        root.resolve("exec"),
        "n1",
        List.of(),
        "",
        "",
        "argosy0",
        ImageSettings.of(data, RegistrySettings.of(List.of(), List.of())),
        Duration.ofSeconds(10),
        false,
        new NetworkConfig(
            "",
            "fd00:80::1/64",
            "",
            true,
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
