package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Port WEB = Port.parse("80");
  private static final Port DNS = Port.parse("53");

  @TempDir Path root;
  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<Events.Command> events = kit.createTestProbe();
  private final TestProbe<Outcome<Object>> replies = kit.createTestProbe();
  private final TestProbe<Outcome<Sandbox>> joins = kit.createTestProbe();
  private final TestProbe<Outcome<Attachment.Rewired>> wires = kit.createTestProbe();
  private final TestProbe<Outcome<Done>> dones = kit.createTestProbe();
  private final PaperWiring wiring = new PaperWiring();
  private final PaperNames names = new PaperNames();
  private final Remembered remembered = new Remembered();
  private ActorRef<Networks.Command> networks;

  @BeforeEach
  void start() {
    spawn();
    adopt(List.of());
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void the_default_networks_are_there_and_keep_their_ids() {
    assertEquals(List.of("bridge", "host", "none"), names(Map.of()));
    String id = network("bridge").id();
    assertEquals(id, network(id.substring(0, 5)).id());
    kit.stop(networks);
    spawn();
    assertEquals(id, network("bridge").id());
  }

  @Test
  void joins_wait_until_it_is_known_what_runs() {
    Sandbox old = sandbox(network("bridge").id(), "172.17.0.2");
    kit.stop(networks);
    networks = kit.spawn(Networks.create(around(new Remembered())));
    join("b", web("8080"));
    joins.expectNoMessage(Duration.ofMillis(200));
    adopt(List.of(old));
    Sandbox joined = joined();
    assertEquals("172.17.0.3", joined.endpoints().getFirst().ipv4());
    assertTrue(wiring.log.contains("reconcile [/netns/00000000000000aa]"), wiring.log.toString());
  }

  @Test
  void a_join_tells_of_the_connection_and_a_leave_of_its_end() {
    join("a", web("8080"));
    Sandbox sandbox = joined();
    assertEquals("172.17.0.2", sandbox.endpoints().getFirst().ipv4());
    assertEquals("02:42:ac:11:00:02", sandbox.endpoints().getFirst().mac());
    assertEquals(
        List.of(new Sandbox.Published(WEB, "0.0.0.0", 8080, new Binding("", "8080"))),
        sandbox.ports());
    assertEquals(Set.of("a"), network("bridge").endpoints().keySet());
    Event connect = event();
    assertEquals("connect", connect.action());
    assertEquals(
        Map.of("name", "bridge", "type", "bridge", "container", "a"), connect.attributes());
    leave("a");
    assertEquals("disconnect", event().action());
    assertEquals(Map.of(), network("bridge").endpoints());
  }

  @Test
  void a_port_of_one_who_is_leaving_is_waited_for() {
    join("a", web("8080"));
    joined();
    wiring.hold();
    leave("a");
    join("b", web("8080"));
    joins.expectNoMessage(Duration.ofMillis(200));
    wiring.work();
    assertEquals(8080, joined().ports().getFirst().hostPort());
  }

  @Test
  void an_address_of_one_who_is_leaving_is_waited_for() {
    create("own");
    join("a", at("172.18.0.9"));
    joined();
    leave("a");
    join("a", at("172.18.0.9"));
    assertEquals("172.18.0.9", joined().endpoints().getFirst().ipv4());
  }

  @Test
  void who_connects_or_publishes_waits_for_those_who_leave_as_well() {
    create("own");
    join("a", at("172.18.0.9"));
    joined();
    join("b", web("8080"));
    joined();
    leave("a");
    var asked = new EndpointSpec("172.18.0.9", "", "", List.of(), List.of(), Map.of(), 0);
    var inside =
        Objects.requireNonNull(connect(guest("b"), web("8080"), "own", asked, true).sandbox());
    assertEquals("172.18.0.9", inside.endpoints().getLast().ipv4());
    join("c", web("9090"));
    joined();
    wiring.hold();
    leave("c");
    order("b", web("8080"), Map.of(DNS, hosts("9090")), Map.of());
    wires.expectNoMessage(Duration.ofMillis(200));
    wiring.work();
    assertEquals(List.of(8080, 9090), ports(rewired()));
  }

  @Test
  void a_strangers_port_is_refused_and_a_random_one_goes_round_it() {
    wiring.strangersPorts.add(8080);
    wiring.strangersPorts.add(40000);
    join("a", web("8080"));
    String text = refused().message();
    assertTrue(
        text.matches(
            "failed to set up container networking: driver failed programming external"
                + " connectivity on endpoint a \\([0-9a-f]{64}\\): failed to bind host port for"
                + " 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use"),
        text);
    join("a", web(""));
    Sandbox sandbox = joined();
    assertEquals(40001, sandbox.ports().getFirst().hostPort());
    assertEquals("172.17.0.2", sandbox.endpoints().getFirst().ipv4(), "nothing was kept");
  }

  @Test
  void a_container_that_leaves_while_it_joins_is_taken_down() {
    wiring.hold();
    join("a", web("8080"));
    TestNamespaces.await("it is being built", () -> wiring.waiting() == 1);
    leave("a");
    wiring.work();
    assertInstanceOf(Failure.Conflict.class, refused());
    join("b", web("8080"));
    joined();
  }

  @Test
  void a_refused_join_holds_nothing() {
    join("a", web("8080"));
    joined();
    join(
        "b",
        new NetworkSpec(
            "default",
            Map.of(),
            Set.of(),
            Map.of(
                Port.parse("70"),
                List.of(new Binding("", "8070")),
                WEB,
                List.of(new Binding("", "8080"))),
            false,
            Names.NONE,
            "",
            false));
    assertInstanceOf(Failure.Internal.class, refused());
    join("c", web("8070"));
    assertEquals("172.17.0.3", joined().endpoints().getFirst().ipv4());
  }

  @Test
  void ports_of_a_running_container_are_changed_in_one_step() {
    join("a", web("8080"));
    joined();
    var change = publish("a", web("8080"), Map.of(DNS, hosts("8080")), Map.of(WEB, List.of()));
    assertEquals(Map.of(DNS, hosts("8080")), change.spec().bindings());
    assertEquals(List.of(8080), ports(change));
    assertTrue(wiring.log.contains("republish [8080] as [8080]"), wiring.log.toString());
    join("b", web("8080"));
    refused();
    publish("a", change.spec(), Map.of(), Map.of(DNS, hosts("8080")));
    join("b", web("8080"));
    joined();
  }

  @Test
  void a_change_of_ports_that_is_refused_changes_nothing() {
    join("a", web("8080"));
    joined();
    join("b", web("9090"));
    joined();
    wiring.strangersPorts.add(7070);
    for (String taken : List.of("9090", "7070")) {
      order("a", web("8080"), Map.of(DNS, hosts(taken)), Map.of(WEB, List.of()));
      assertInstanceOf(Failure.Conflict.class, unwired());
    }
    join("c", web("8080"));
    refused();
    order("a", web("8080"), Map.of(DNS, hosts("9090")), Map.of());
    assertTrue(
        unwired()
            .message()
            .matches(
                "driver failed programming external connectivity on endpoint a"
                    + " \\([0-9a-f]{64}\\): Bind for 0.0.0.0:9090 failed: port is already"
                    + " allocated"));
  }

  @Test
  void a_random_port_goes_round_a_strangers_when_it_is_added_too() {
    wiring.strangersPorts.add(40000);
    join("a", web("8080"));
    joined();
    assertEquals(
        List.of(8080, 40001), ports(publish("a", web("8080"), Map.of(DNS, hosts("")), Map.of())));
  }

  @Test
  void a_container_that_ends_while_its_ports_change_holds_nothing() {
    join("a", web("8080"));
    joined();
    wiring.hold();
    order("a", web("8080"), Map.of(DNS, hosts("9090")), Map.of());
    TestNamespaces.await("it is being published", () -> wiring.waiting() == 1);
    leave("a");
    wiring.work();
    assertInstanceOf(Failure.Conflict.class, unwired());
    join("b", web("9090"));
    joined();
    join("c", web("8080"));
    joined();
  }

  private static List<Binding> hosts(String... hostPorts) {
    return Stream.of(hostPorts).map(port -> new Binding("", port)).toList();
  }

  private static List<Integer> ports(Attachment.Rewired change) {
    return Objects.requireNonNull(change.sandbox()).ports().stream()
        .map(Sandbox.Published::hostPort)
        .toList();
  }

  private Attachment.Rewired publish(
      String container,
      NetworkSpec spec,
      Map<Port, List<Binding>> add,
      Map<Port, List<Binding>> remove) {
    order(container, spec, add, remove);
    return rewired();
  }

  private void order(
      String container,
      NetworkSpec spec,
      Map<Port, List<Binding>> add,
      Map<Port, List<Binding>> remove) {
    networks.tell(
        new Attachment.Publish(guest(container), spec, add, remove, true, wires.getRef()));
  }

  private Failure unwired() {
    var outcome = wires.receiveMessage(PATIENCE);
    return assertInstanceOf(Outcome.Failed.class, outcome).failure();
  }

  @Test
  void a_running_container_is_put_into_a_network_and_taken_out_again() {
    create("own");
    join("a", web("8080"));
    var before = joined();
    var connected = connect(guest("a"), web("8080"), "own", EndpointSpec.ANY, true);
    var inside = Objects.requireNonNull(connected.sandbox());
    assertEquals(
        List.of("eth0 172.17.0.2", "eth1 172.18.0.2"),
        inside.endpoints().stream().map(e -> e.interfaceName() + " " + e.ipv4()).toList());
    assertEquals(Set.of("bridge", "own"), connected.spec().endpoints().keySet());
    assertEquals(Set.of("a"), network("own").endpoints().keySet());
    assertEquals(
        "rewire /netns/0000000000000001 out [] in [eth1] gateway 172.17.0.1 from 0 to 0 ports",
        wiring.log.getLast());
    assertInstanceOf(Failure.Forbidden.class, failure(new NetworkRequest.Remove("own")));

    var left = disconnect(guest("a"), connected.spec(), "bridge", true);
    assertEquals(Set.of("own"), left.spec().endpoints().keySet());
    assertEquals(before.ports(), Objects.requireNonNull(left.sandbox()).ports());
    assertEquals(
        "rewire /netns/0000000000000001 out [0] in [] gateway 172.18.0.1 from 1 to 1 ports",
        wiring.log.getLast());
    assertEquals(Map.of(), network("bridge").endpoints());
    join("b", web("8081"));
    assertEquals("172.17.0.2", joined().endpoints().getFirst().ipv4(), "the lease is back");
  }

  @Test
  void a_family_that_comes_publishes_the_same_ports_and_is_refused_when_somebody_has_them() {
    ok(new NetworkRequest.Create("six", "", false, false, true, List.of(), Map.of(), Map.of()));
    join("a", web("8080"));
    joined();
    var connected = connect(guest("a"), web("8080"), "six", EndpointSpec.ANY, true);
    assertEquals(List.of("0.0.0.0", "::"), hostIps(connected));
    assertEquals(List.of(8080, 8080), ports(connected));
    var left = disconnect(guest("a"), connected.spec(), "six", true);
    assertEquals(List.of("0.0.0.0"), hostIps(left));
    join("b", on("six", "::", "8080"));
    joined();
    assertTrue(
        unconnected(left.spec(), "six", EndpointSpec.ANY)
            .endsWith("Bind for [::]:8080 failed: port is already allocated"));
    leave("b");
    assertEquals(
        List.of("0.0.0.0", "::"),
        hostIps(connect(guest("a"), left.spec(), "six", EndpointSpec.ANY, true)));
  }

  private static List<String> hostIps(Attachment.Rewired change) {
    return Objects.requireNonNull(change.sandbox()).ports().stream()
        .map(Sandbox.Published::hostIp)
        .toList();
  }

  private static NetworkSpec on(String network, String hostIp, String hostPort) {
    return new NetworkSpec(
        network,
        Map.of(),
        Set.of(),
        Map.of(WEB, List.of(new Binding(hostIp, hostPort))),
        false,
        Names.NONE,
        "",
        false);
  }

  @Test
  void a_container_that_ends_while_it_is_connected_holds_nothing() {
    create("own");
    join("a", web("8080"));
    joined();
    wiring.hold();
    networks.tell(
        new Attachment.Connect(guest("a"), web(""), "own", EndpointSpec.ANY, true, wires.ref()));
    TestNamespaces.await("it is being plugged", () -> wiring.waiting() == 1);
    leave("a");
    wiring.work();
    assertInstanceOf(Outcome.Failed.class, wires.receiveMessage(PATIENCE));
    TestNamespaces.await(
        "the network is free",
        () -> outcome(new NetworkRequest.Remove("own")) instanceof Outcome.Ok);
  }

  @Test
  void what_may_not_be_connected_is_told_so() {
    create("own");
    join("a", web("8080"));
    joined();
    assertEquals(
        "endpoint with name a already exists in network bridge",
        unconnected(web("8080"), "bridge", EndpointSpec.ANY));
    assertEquals("network nope not found", unconnected(web("8080"), "nope", EndpointSpec.ANY));
    assertEquals(
        "container cannot be disconnected from host network or connected to host network",
        unconnected(web("8080"), "host", EndpointSpec.ANY));
    assertEquals(
        "container cannot be connected to multiple networks with one of the networks in private"
            + " (none) mode",
        unconnected(web("8080"), "none", EndpointSpec.ANY));
    networks.tell(new Attachment.Disconnect(guest("a"), web(""), "own", true, wires.ref()));
    assertEquals(
        "container a is not connected to network own",
        assertInstanceOf(Outcome.Failed.class, wires.receiveMessage(PATIENCE)).failure().message());
  }

  @Test
  void an_actor_restarted_after_a_failure_knows_what_runs() {
    join("a", web("8080"));
    String path = joined().path();
    kit.stop(networks);
    spawn();
    TestNamespaces.await(
        "it adopts by itself", () -> wiring.log.contains("reconcile [" + path + "]"));
    join("b", web("8080"));
    assertInstanceOf(Failure.Internal.class, refused());
    assertEquals(Set.of("a"), network("bridge").endpoints().keySet());
  }

  @Test
  void networks_are_made_listed_and_removed() {
    Network own = create("own");
    assertEquals(own, network("own"));
    assertEquals("create", event().action());
    assertEquals(
        new Failure.Conflict("network with name own already exists"), failure(creation("own")));
    assertEquals(List.of("own"), names(Map.of("type", List.of("custom"))));
    assertEquals(List.of("own"), names(Map.of("dangling", List.of("true"))));
    assertEquals(List.of("bridge", "own"), names(Map.of("driver", List.of("bridge"))));
    join("a", at("172.18.0.9"));
    joined();
    assertEquals(
        "error while removing network: network own has active endpoints (name:\"a\" id:\"a\")",
        failure(new NetworkRequest.Remove("own")).message());
    assertEquals(new NetworkRequest.Pruned(List.of()), ok(new NetworkRequest.Prune(Map.of())));
    leave("a");
    assertEquals(new NetworkRequest.Pruned(List.of("own")), ok(new NetworkRequest.Prune(Map.of())));
    assertEquals(
        new Failure.NotFound("network own not found"), failure(new NetworkRequest.Inspect("own")));
    assertEquals(
        new Failure.Forbidden("bridge is a pre-defined network and cannot be removed"),
        failure(new NetworkRequest.Remove("bridge")));
    assertEquals(
        new Failure.Forbidden("operation is not permitted on predefined host network"),
        failure(creation("host")));
  }

  @Test
  void two_networks_give_two_interfaces() {
    create("one");
    create("two");
    join(
        "a",
        new NetworkSpec(
            "two",
            Map.of("one", EndpointSpec.ANY, "two", EndpointSpec.ANY),
            Set.of(),
            Map.of(),
            false,
            Names.NONE,
            "",
            false));
    var endpoints = joined().endpoints();
    assertEquals(List.of("two", "one"), endpoints.stream().map(Endpoint::network).toList());
    assertEquals(List.of("eth0", "eth1"), endpoints.stream().map(Endpoint::interfaceName).toList());
    assertNotEquals(endpoints.get(0).ipv4(), endpoints.get(1).ipv4());
  }

  private void spawn() {
    networks = kit.spawn(Networks.create(around(remembered)));
  }

  private Networks.Surroundings around(Remembered known) {
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

  private void adopt(List<Sandbox> running) {
    networks.tell(new Attachment.Adopt(running, Set.of(), dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(PATIENCE));
  }

  private static Sandbox sandbox(String network, String ip) {
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

  private static NetworkSpec web(String hostPort) {
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

  private static NetworkSpec at(String address) {
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

  private void join(String container, NetworkSpec spec) {
    networks.tell(new Attachment.Join(container, container, container, spec, joins.ref()));
  }

  private static Guest guest(String container) {
    return new Guest(container, container, container);
  }

  private Attachment.Rewired connect(
      Guest guest, NetworkSpec spec, String network, EndpointSpec asked, boolean running) {
    networks.tell(new Attachment.Connect(guest, spec, network, asked, running, wires.ref()));
    return rewired();
  }

  private Attachment.Rewired disconnect(
      Guest guest, NetworkSpec spec, String network, boolean running) {
    networks.tell(new Attachment.Disconnect(guest, spec, network, running, wires.ref()));
    return rewired();
  }

  private Attachment.Rewired rewired() {
    return switch (wires.receiveMessage(PATIENCE)) {
      case Outcome.Ok<Attachment.Rewired>(var rewired) -> rewired;
      case Outcome.Failed<Attachment.Rewired>(var failure) -> throw new AssertionError(failure);
    };
  }

  private String unconnected(NetworkSpec spec, String network, EndpointSpec asked) {
    networks.tell(new Attachment.Connect(guest("a"), spec, network, asked, true, wires.ref()));
    return assertInstanceOf(Outcome.Failed.class, wires.receiveMessage(PATIENCE))
        .failure()
        .message();
  }

  private Sandbox joined() {
    return switch (joins.receiveMessage(PATIENCE)) {
      case Outcome.Ok<Sandbox>(var sandbox) -> sandbox;
      case Outcome.Failed<Sandbox>(var failure) -> throw new AssertionError(failure);
    };
  }

  private Failure refused() {
    return assertInstanceOf(Outcome.Failed.class, joins.receiveMessage(PATIENCE)).failure();
  }

  private void leave(String container) {
    networks.tell(new Attachment.Leave(container, dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(PATIENCE));
  }

  private Event event() {
    return ((Events.Publish) events.receiveMessage(PATIENCE)).event();
  }

  private Network create(String name) {
    return (Network) ok(creation(name));
  }

  private static NetworkRequest.Create creation(String name) {
    return new NetworkRequest.Create(name, "", false, false, false, List.of(), Map.of(), Map.of());
  }

  private Network network(String reference) {
    return (Network) ok(new NetworkRequest.Inspect(reference));
  }

  private List<String> names(Map<String, List<String>> filters) {
    return ((NetworkRequest.Listed) ok(new NetworkRequest.Find(filters)))
        .networks().stream().map(Network::name).toList();
  }

  private Object ok(NetworkRequest<?> request) {
    return switch (outcome(request)) {
      case Outcome.Ok<Object>(var value) -> value;
      case Outcome.Failed<Object>(var failure) -> throw new AssertionError(failure);
    };
  }

  private Failure failure(NetworkRequest<?> request) {
    return assertInstanceOf(Outcome.Failed.class, outcome(request)).failure();
  }

  private Outcome<Object> outcome(NetworkRequest<?> request) {
    networks.tell(new Networks.Asked(new Ask<>(request, replies.ref())));
    return replies.receiveMessage(PATIENCE);
  }

  private EngineConfig config() {
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
