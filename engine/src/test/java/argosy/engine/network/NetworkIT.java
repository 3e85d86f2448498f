package argosy.engine.network;

import static argosy.engine.network.TestNamespaces.await;
import static argosy.engine.network.TestNamespaces.call;
import static argosy.engine.network.TestNamespaces.in;
import static argosy.engine.network.TestNamespaces.serve;
import static argosy.engine.network.TestNamespaces.sh;
import static argosy.engine.network.TestNamespaces.tryIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import argosy.engine.spec.NetworkSpec.EndpointSpec;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The networks on a real kernel, in a namespace of the test's own. Needs root. */
class NetworkIT {
  @TempDir Path root;
  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<Events.Command> events = kit.createTestProbe();
  private final TestProbe<Outcome<Object>> replies = kit.createTestProbe();
  private final TestProbe<Outcome<Sandbox>> joins = kit.createTestProbe();
  private final TestProbe<Outcome<Done>> dones = kit.createTestProbe();
  private final List<Process> servers = new ArrayList<>();
  private TestNamespaces net;
  private ActorRef<Networks.Command> networks;

  @BeforeEach
  void start() {
    net = new TestNamespaces();
    startDaemon();
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

  @Test
  void containers_reach_each_other_the_bridge_and_the_world() {
    Sandbox a = join("a", bridge(Map.of()));
    Sandbox b = join("b", bridge(Map.of()));
    assertEquals("172.17.0.2", ip(a));
    assertEquals("172.17.0.3", ip(b));
    in(a.path(), "busybox ping -c1 -W2 " + ip(b));
    in(a.path(), "busybox ping -c1 -W2 172.17.0.1");
    in(a.path(), "busybox ping -c1 -W2 " + TestNamespaces.NEIGHBOUR_ADDRESS);
    servers.add(serve(b.path(), 80, "bee"));
    await("tcp between containers", () -> call(a.path(), ip(b), 80).equals("bee"));
    assertNotEquals("", in(a.path(), "ip -4 addr show eth0 | grep 172.17.0.2/16"));
    assertEquals("", in(a.path(), "ip -6 addr show dev eth0"));
    assertEquals(
        a.endpoints().getFirst().mac(), in(a.path(), "ip -br link show eth0 | awk '{print $3}'"));
  }

  @Test
  void a_published_port_answers_wherever_it_should() {
    Sandbox a = join("a", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
    Sandbox b = join("b", bridge(Map.of()));
    servers.add(serve(a.path(), 80, "hello"));
    await(
        "from outside",
        () -> call(net.neighbour, TestNamespaces.HOST_ADDRESS, 8080).equals("hello"));
    assertEquals("hello", call(net.host, "127.0.0.1", 8080));
    assertEquals("hello", call(net.host, TestNamespaces.HOST_ADDRESS, 8080));
    assertEquals("hello", call(net.host, "172.17.0.1", 8080));
    assertEquals("hello", call(b.path(), "172.17.0.1", 8080));
    assertEquals("hello", call(b.path(), TestNamespaces.HOST_ADDRESS, 8080));
    assertEquals("hello", call(a.path(), TestNamespaces.HOST_ADDRESS, 8080), "hairpin");
    assertEquals("hello", call(a.path(), "172.17.0.1", 8080), "hairpin over the bridge");
    assertEquals(
        new Sandbox.Published(Port.parse("80"), "0.0.0.0", 8080, new Binding("", "8080")),
        a.ports().getFirst());
    leave("a");
    await("no answer", () -> call(net.host, "127.0.0.1", 8080).isEmpty());
  }

  @Test
  void hairpin_works_with_and_without_bridged_frames_in_the_filter() {
    Sandbox a = join("a", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
    servers.add(serve(a.path(), 80, "hello"));
    await("server", () -> call(net.host, "127.0.0.1", 8080).equals("hello"));
    for (String value : List.of("0", "1")) {
      if (tryIn(net.host, "sysctl -qw net.bridge.bridge-nf-call-iptables=" + value).code() == 0) {
        assertEquals("hello", call(a.path(), TestNamespaces.HOST_ADDRESS, 8080), value);
      }
    }
  }

  @Test
  void udp_is_published_too() {
    Sandbox a = join("a", bridge(Map.of(Port.parse("53/udp"), List.of(new Binding("", "5353")))));
    servers.add(TestNamespaces.background(a.path(), "socat UDP4-LISTEN:53,fork EXEC:'echo hello'"));
    String ask = "echo x | socat -t1 - UDP4:" + TestNamespaces.HOST_ADDRESS + ":5353";
    await("udp from outside", () -> tryIn(net.neighbour, ask).output().equals("hello"));
    String own = "echo x | socat -t1 - UDP4:127.0.0.1:5353";
    await("udp on the host", () -> tryIn(net.host, own).output().equals("hello"));
  }

  @Test
  void a_udp_client_that_asked_too_early_finds_the_container() {
    String ask =
        "echo x | socat -t1 - UDP4:" + TestNamespaces.HOST_ADDRESS + ":5353,sourceport=5000";
    tryIn(net.neighbour, ask);
    for (String name : List.of("first", "second")) {
      Sandbox a =
          join(name, bridge(Map.of(Port.parse("53/udp"), List.of(new Binding("", "5353")))));
      var server =
          TestNamespaces.background(a.path(), "socat UDP4-LISTEN:53,fork EXEC:'echo " + name + "'");
      servers.add(server);
      await(name, () -> tryIn(net.neighbour, ask).output().equals(name));
      leave(name);
    }
  }

  @Test
  void a_port_published_to_loopback_stays_on_the_host() {
    Sandbox a =
        join("a", bridge(Map.of(Port.parse("80"), List.of(new Binding("127.0.0.1", "8080")))));
    Sandbox b = join("b", bridge(Map.of()));
    servers.add(serve(a.path(), 80, "secret"));
    await("on the host", () -> call(net.host, "127.0.0.1", 8080).equals("secret"));
    assertEquals("", call(net.neighbour, TestNamespaces.HOST_ADDRESS, 8080));
    in(net.neighbour, "ip route add 172.17.0.0/16 via " + TestNamespaces.HOST_ADDRESS);
    assertEquals("", call(net.neighbour, ip(a), 80), "routed past the host");
    for (String from : List.of(net.neighbour, b.path())) {
      String via = from.equals(net.neighbour) ? TestNamespaces.HOST_ADDRESS : "172.17.0.1";
      String link = from.equals(net.neighbour) ? "wire" : "eth0";
      in(from, "sysctl -qw net.ipv4.conf.all.route_localnet=1");
      in(from, "ip addr del 127.0.0.1/8 dev lo");
      in(
          from,
          "ip route flush table local; ip route add local "
              + addressIn(from, link)
              + " dev "
              + link
              + " table local");
      in(
          from,
          "ip route add 127.0.0.1/32 via "
              + via
              + " dev "
              + link
              + " src "
              + addressIn(from, link));
      assertEquals("", call(from, "127.0.0.1", 8080), "forged from " + from);
    }
    assertEquals("secret", call(net.host, "127.0.0.1", 8080));
  }

  private static String addressIn(String namespace, String link) {
    return in(namespace, "ip -4 -br addr show " + link + " | awk '{print $3}' | cut -d/ -f1");
  }

  @Test
  void a_taken_port_is_refused_and_nothing_is_left() {
    join("a", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
    String links = links();
    var refused = refused(bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
    assertTrue(
        refused
            .message()
            .matches(
                "failed to set up container networking: driver failed programming external"
                    + " connectivity on endpoint b \\([0-9a-f]{64}\\): Bind for 0.0.0.0:8080"
                    + " failed: port is already allocated"),
        refused.message());
    assertEquals(links, links());
    leave("a");
    join("b", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
  }

  @Test
  void a_port_another_program_has_is_refused_and_a_range_goes_round_it() {
    servers.add(serve(net.host, 8080, "stranger"));
    await("stranger", () -> call(net.host, "127.0.0.1", 8080).equals("stranger"));
    var refused = refused(bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
    assertTrue(
        refused
            .message()
            .endsWith(
                "failed to bind host port for 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use"),
        refused.message());
    Sandbox a = join("a", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080-8082")))));
    assertEquals(8081, a.ports().getFirst().hostPort());
    Sandbox c = join("c", bridge(Map.of(Port.parse("80"), List.of())));
    int random = c.ports().getFirst().hostPort();
    assertTrue(random >= 32768 && random <= 60999, "random port " + random);
    assertNotEquals(0, tryIn(net.host, "busybox nc -l -p 8081 </dev/null").code(), "it is held");
  }

  @Test
  void host_none_and_another_containers_network() {
    Sandbox host = join("h", spec("host", Map.of()));
    assertEquals("", host.path());
    assertEquals("host", host.endpoints().getFirst().network());
    Sandbox none = join("n", spec("none", Map.of()));
    assertEquals("lo", in(none.path(), "ip -br link | awk '{print $1}'"));
    in(none.path(), "busybox ping -c1 -W1 127.0.0.1");
    Sandbox a = join("a", bridge(Map.of()));
    Sandbox shared = join("s", spec("container:a", Map.of()));
    assertEquals(a.path(), shared.path());
    assertEquals(List.of(), shared.endpoints());
    leave("s");
    in(a.path(), "busybox ping -c1 -W2 172.17.0.1");
    leave("a");
    assertEquals(
        new Failure.Conflict("cannot join network of a non running container: a"),
        refused(spec("container:a", Map.of())));
    assertEquals(new Failure.NotFound("network nope not found"), refused(spec("nope", Map.of())));
  }

  @Test
  void leaving_leaves_nothing() {
    Sandbox a = join("a", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
    assertTrue(in(net.host, "nft list table inet argosy").contains("8080"));
    leave("a");
    await("link gone", () -> links().isEmpty());
    assertFalse(Path.of(a.path()).toFile().exists());
    assertFalse(in(net.host, "nft list table inet argosy").contains("8080"));
    assertFalse(sh("cat /proc/self/mountinfo").contains(a.path()));
    leave("a");
  }

  @Test
  void a_join_that_fails_halfway_leaves_nothing() {
    var multicast = "01:00:00:00:00:01";
    var spec =
        new NetworkSpec(
            "bridge",
            Map.of(),
            Set.of(),
            Map.of(Port.parse("80"), List.of(new Binding("", "8080"))),
            false,
            Names.NONE,
            multicast,
            false);
    assertInstanceOf(Failure.Internal.class, refused(spec));
    await("no link", () -> links().isEmpty());
    assertFalse(in(net.host, "nft list table inet argosy").contains("8080"));
    Sandbox a = join("a", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
    assertEquals("172.17.0.2", ip(a));
  }

  @Test
  void many_come_and_go_together() {
    var spec = bridge(Map.of(Port.parse("80"), List.of()));
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 16; i++) {
        networks.tell(new Attachment.Join("m" + i, "m" + i, "m" + i, spec, joins.ref()));
      }
      var sandboxes = new ArrayList<Sandbox>();
      for (int i = 0; i < 16; i++) {
        var joined = joins.receiveMessage(Duration.ofSeconds(20));
        sandboxes.add(((Outcome.Ok<Sandbox>) joined).value());
      }
      System.out.printf("16 joins at once: %d us each%n", (System.nanoTime() - start) / 16_000);
      assertEquals(16, sandboxes.stream().map(NetworkIT::ip).distinct().count());
      assertEquals(16, sandboxes.stream().map(Sandbox::path).distinct().count());
      assertEquals(
          16, sandboxes.stream().map(s -> s.ports().getFirst().hostPort()).distinct().count());
      in(sandboxes.get(3).path(), "busybox ping -c1 -W2 " + ip(sandboxes.get(12)));
      sandboxes.forEach(sandbox -> leave(sandbox.container()));
    }
    await("all gone", () -> links().isEmpty());
    assertFalse(in(net.host, "nft list table inet argosy").contains("172.17.0.2"));
  }

  /** Those in a bridge; others lie ready for the next container. */
  private String links() {
    return in(net.host, "ip -o link | grep -E ': argo[0-9a-f]{11}@' | grep master || true");
  }

  @Test
  void a_restarted_daemon_adopts_what_runs_and_removes_the_rest() {
    Sandbox a = join("a", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080")))));
    Sandbox b = join("b", bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8081")))));
    servers.add(serve(a.path(), 80, "still"));
    await("server", () -> call(net.host, "127.0.0.1", 8080).equals("still"));
    String id = network("bridge").id();
    kit.stop(networks);
    assertEquals("still", call(net.host, "127.0.0.1", 8080), "without a daemon");
    startDaemon();
    adopt(List.of(a));
    assertEquals("still", call(net.host, "127.0.0.1", 8080));
    assertEquals(id, network("bridge").id());
    assertEquals(Set.of("a"), network("bridge").endpoints().keySet());
    assertFalse(Path.of(b.path()).toFile().exists());
    await("one link", () -> links().lines().count() == 1);
    assertFalse(in(net.host, "nft list table inet argosy").contains("8081"));
    assertEquals("172.17.0.3", ip(join("c", bridge(Map.of()))));
    assertInstanceOf(
        Failure.Internal.class,
        refused(bridge(Map.of(Port.parse("80"), List.of(new Binding("", "8080"))))));
    leave("a");
    await("gone", () -> call(net.host, "127.0.0.1", 8080).isEmpty());
  }

  @Test
  void a_network_of_ones_own_is_apart_from_the_others() {
    var made =
        (Network)
            ask(
                new NetworkRequest.Create(
                    "own", "bridge", false, false, false, List.of(), Map.of(), Map.of()));
    assertEquals("172.18.0.0/16", made.pools().getFirst().subnet());
    Sandbox a = join("a", bridge(Map.of()));
    Sandbox o = join("o", spec("own", Map.of(Port.parse("80"), List.of(new Binding("", "90")))));
    Sandbox p =
        join(
            "p",
            new NetworkSpec(
                "own",
                Map.of(
                    "own",
                    new EndpointSpec(
                        "172.18.0.77", "", "", List.of("alias"), List.of(), Map.of(), 0)),
                Set.of(),
                Map.of(),
                false,
                Names.NONE,
                "",
                false));
    assertEquals("172.18.0.77", ip(p));
    assertEquals(List.of("p", "alias"), p.endpoints().getFirst().dnsNames());
    in(o.path(), "busybox ping -c1 -W2 " + ip(p));
    in(o.path(), "busybox ping -c1 -W2 " + TestNamespaces.NEIGHBOUR_ADDRESS);
    assertNotEquals(0, tryIn(a.path(), "busybox ping -c1 -W1 " + ip(o)).code());
    servers.add(serve(o.path(), 80, "own"));
    await("published across networks", () -> call(a.path(), "172.17.0.1", 90).equals("own"));
    assertTrue(
        failure(new NetworkRequest.Remove("own")).message().contains("has active endpoints"));
    leave("o");
    leave("p");
    assertEquals(new Done(), ask(new NetworkRequest.Remove("own")));
    assertFalse(in(net.host, "ip -br link").contains("br-"));
  }

  @Test
  void an_internal_network_is_a_dead_end() {
    ask(new NetworkRequest.Create("inner", "", true, false, false, List.of(), Map.of(), Map.of()));
    Sandbox a = join("a", spec("inner", Map.of()));
    Sandbox b = join("b", spec("inner", Map.of()));
    in(a.path(), "busybox ping -c1 -W2 " + ip(b));
    in(a.path(), "ip route add default via 172.18.0.1");
    assertNotEquals(
        0, tryIn(a.path(), "busybox ping -c1 -W1 " + TestNamespaces.NEIGHBOUR_ADDRESS).code());
  }

  @Test
  void a_route_of_the_host_is_avoided() {
    kit.stop(networks);
    sh("rm -rf " + root.resolve("data"));
    in(net.host, "ip link del argosy0");
    in(net.host, "ip route add 172.17.128.0/20 via " + TestNamespaces.NEIGHBOUR_ADDRESS);
    startDaemon();
    adopt(List.of());
    assertEquals("172.18.0.0/16", network("bridge").pools().getFirst().subnet());
  }

  @Test
  void how_long_joining_and_leaving_take() {
    var spec = bridge(Map.of(Port.parse("80"), List.of(), Port.parse("81"), List.of()));
    for (int i = 0; i < 20; i++) {
      join("w" + i, spec);
      leave("w" + i);
    }
    var join = new ArrayList<Long>();
    var leave = new ArrayList<Long>();
    for (int i = 0; i < 40; i++) {
      long start = System.nanoTime();
      join("t" + i, spec);
      long joined = System.nanoTime();
      leave("t" + i);
      leave.add(System.nanoTime() - joined);
      join.add(joined - start);
      await("quiet", () -> links().isEmpty());
    }
    System.out.printf(
        "join %s, leave %s (microseconds: min, median, max)%n", figures(join), figures(leave));
  }

  private static List<Long> figures(List<Long> nanos) {
    var sorted = nanos.stream().sorted().map(n -> n / 1000).toList();
    return List.of(sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
  }

  private void startDaemon() {
    networks = kit.spawn(Networks.create(config(), events.ref(), net.onHost()));
  }

  private void adopt(List<Sandbox> running) {
    networks.tell(new Attachment.Adopt(running, Set.of(), dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(Duration.ofSeconds(10)));
  }

  private static NetworkSpec bridge(Map<Port, List<Binding>> bindings) {
    return spec("default", bindings);
  }

  private static NetworkSpec spec(String mode, Map<Port, List<Binding>> bindings) {
    return new NetworkSpec(mode, Map.of(), Set.of(), bindings, false, Names.NONE, "", false);
  }

  private Sandbox join(String container, NetworkSpec spec) {
    return switch (tryJoin(container, spec)) {
      case Outcome.Ok<Sandbox>(var sandbox) -> sandbox;
      case Outcome.Failed<Sandbox>(var failure) -> throw new AssertionError(failure);
    };
  }

  private Failure refused(NetworkSpec spec) {
    return assertInstanceOf(Outcome.Failed.class, tryJoin("b", spec)).failure();
  }

  private Outcome<Sandbox> tryJoin(String container, NetworkSpec spec) {
    networks.tell(new Attachment.Join(container, container, container, spec, joins.ref()));
    return joins.receiveMessage(Duration.ofSeconds(10));
  }

  private void leave(String container) {
    networks.tell(new Attachment.Leave(container, dones.ref()));
    assertEquals(Outcome.ok(new Done()), dones.receiveMessage(Duration.ofSeconds(10)));
  }

  private static String ip(Sandbox sandbox) {
    return sandbox.endpoints().getFirst().ipv4();
  }

  private Network network(String reference) {
    return (Network) ask(new NetworkRequest.Inspect(reference));
  }

  private Object ask(NetworkRequest<?> request) {
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
    return replies.receiveMessage(Duration.ofSeconds(10));
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
