package argosy.engine.network;

import static argosy.engine.network.TestNamespaces.await;
import static argosy.engine.network.TestNamespaces.call;
import static argosy.engine.network.TestNamespaces.in;
import static argosy.engine.network.TestNamespaces.serve;
import static argosy.engine.network.TestNamespaces.sh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
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
import org.junit.jupiter.api.Test;

/** Containers that start and end in their networks. Needs root. */
class JoiningIT extends KernelNetworks {
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
}
