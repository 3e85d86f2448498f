package argosy.engine.network;

import static argosy.engine.network.TestNamespaces.await;
import static argosy.engine.network.TestNamespaces.call;
import static argosy.engine.network.TestNamespaces.in;
import static argosy.engine.network.TestNamespaces.serve;
import static argosy.engine.network.TestNamespaces.tryIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ports of the host that lead to containers. Needs root. */
class PublishedPortsIT extends KernelNetworks {
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

  private static String addressIn(String namespace, String link) {
    return in(namespace, "ip -4 -br addr show " + link + " | awk '{print $3}' | cut -d/ -f1");
  }
}
