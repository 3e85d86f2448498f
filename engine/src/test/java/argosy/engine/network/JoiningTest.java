package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.event.Event;
import argosy.engine.failure.Failure;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.NetworkSpec.Names;
import argosy.engine.spec.Port;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Containers that start and end: addresses and ports are given, waited for and given back. */
class JoiningTest extends PaperNetworks {
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
}
