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

import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.NetworkSpec.Names;
import argosy.engine.spec.Port;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Networks beside each other, after a restart, and as they go. Needs root. */
class NetworkIT extends KernelNetworks {
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
  void what_is_gone_is_gone_when_the_answer_comes_and_its_names_are_free_again() {
    var options = Map.of(BridgeOptions.NAME, "br7");
    var wanted =
        new NetworkRequest.Create("own", "", false, false, true, List.of(), options, Map.of());
    for (int i = 0; i < 10; i++) {
      ask(wanted);
      assertTrue(in(net.host, "ip -br link").contains("br7"));
      ask(new NetworkRequest.Remove("own"));
      assertFalse(in(net.host, "ip -br link").contains("br7"));
    }
    ask(wanted);
    Sandbox a = join("a", bridge(Map.of()));
    var spec = bridge(Map.of());
    var guest = new Guest("a", "a", "a");
    for (int i = 0; i < 10; i++) {
      networks.tell(
          new Attachment.Connect(guest, spec, "own", EndpointSpec.ANY, true, wires.ref()));
      var inside = rewired();
      assertTrue(in(a.path(), "ip -br link").contains("eth1"));
      networks.tell(new Attachment.Disconnect(guest, inside, "own", true, wires.ref()));
      rewired();
      assertFalse(in(a.path(), "ip -br link").contains("eth1"));
    }
  }

  private NetworkSpec rewired() {
    return switch (wires.receiveMessage(Duration.ofSeconds(10))) {
      case Outcome.Ok<Attachment.Rewired>(var rewired) -> rewired.spec();
      case Outcome.Failed<Attachment.Rewired>(var failure) -> throw new AssertionError(failure);
    };
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
}
