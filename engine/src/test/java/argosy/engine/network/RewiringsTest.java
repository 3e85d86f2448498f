package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.NetworkSpec.Names;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Containers put into networks and taken out of them while they run. */
class RewiringsTest extends PaperNetworks {
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

  @Test
  void a_stranger_that_has_a_port_which_would_come_along_keeps_the_container_out() {
    ok(new NetworkRequest.Create("six", "", false, false, true, List.of(), Map.of(), Map.of()));
    join("a", web("8080"));
    joined();
    wiring.strangersPorts.add(8080);
    String text = unconnected(web("8080"), "six", EndpointSpec.ANY);
    assertTrue(
        text.startsWith("driver failed programming external connectivity on endpoint a ("), text);
    assertTrue(text.endsWith("address already in use"), text);
    wiring.strangersPorts.clear();
    var connected = connect(guest("a"), web("8080"), "six", EndpointSpec.ANY, true);
    assertEquals(List.of("0.0.0.0", "::"), hostIps(connected), "nothing was kept");
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

  private Attachment.Rewired disconnect(
      Guest guest, NetworkSpec spec, String network, boolean running) {
    networks.tell(new Attachment.Disconnect(guest, spec, network, running, wires.ref()));
    return rewired();
  }

  private String unconnected(NetworkSpec spec, String network, EndpointSpec asked) {
    networks.tell(new Attachment.Connect(guest("a"), spec, network, asked, true, wires.ref()));
    return assertInstanceOf(Outcome.Failed.class, wires.receiveMessage(PATIENCE))
        .failure()
        .message();
  }
}
