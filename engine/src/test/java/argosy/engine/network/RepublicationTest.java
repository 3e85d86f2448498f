package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import argosy.engine.network.Sandbox.Published;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.Names;
import argosy.engine.spec.Port;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepublicationTest {
  private static final Port WEB = Port.parse("80");
  private static final Port DNS = Port.parse("53/udp");
  private static final Binding FIXED = new Binding("", "8080");
  private static final Binding LOCAL = new Binding("127.0.0.1", "81");
  private static final Binding RANDOM = new Binding("", "");

  private static NetworkSpec spec(String mode, boolean all, Map<Port, List<Binding>> bindings) {
    return new NetworkSpec(mode, Map.of(), Set.of(WEB, DNS), bindings, all, Names.NONE, "", false);
  }

  private static NetworkSpec spec(Map<Port, List<Binding>> bindings) {
    return spec("default", false, bindings);
  }

  private static String refusal(
      NetworkSpec spec, Map<Port, List<Binding>> add, Map<Port, List<Binding>> remove) {
    return assertThrows(Refused.class, () -> Republication.of(spec, List.of(), add, remove))
        .failure()
        .message();
  }

  @Test
  void what_is_added_stands_behind_what_was() {
    var all =
        Republication.of(
            spec(Map.of(WEB, List.of(FIXED))), List.of(), Map.of(WEB, List.of(LOCAL)), Map.of());
    assertEquals(Map.of(WEB, List.of(FIXED, LOCAL)), all.spec().bindings());
    assertEquals(Map.of(WEB, List.of(LOCAL)), all.added());
  }

  @Test
  void no_binding_at_all_is_a_random_port_when_added_and_every_one_when_removed() {
    var added = Republication.of(spec(Map.of()), List.of(), Map.of(WEB, List.of()), Map.of());
    assertEquals(Map.of(WEB, List.of(RANDOM)), added.spec().bindings());
    var removed =
        Republication.of(
            spec(Map.of(WEB, List.of(FIXED, LOCAL))), List.of(), Map.of(), Map.of(WEB, List.of()));
    assertEquals(Map.of(), removed.spec().bindings());
  }

  @Test
  void a_random_port_goes_by_the_number_it_got_and_in_both_families() {
    var ports =
        List.of(
            new Published(WEB, "0.0.0.0", 40000, RANDOM),
            new Published(WEB, "::", 40000, RANDOM),
            new Published(WEB, "0.0.0.0", 40001, RANDOM),
            new Published(WEB, "::", 40001, RANDOM));
    var left =
        Republication.of(
            spec(Map.of(WEB, List.of(RANDOM, RANDOM))),
            ports,
            Map.of(),
            Map.of(WEB, List.of(new Binding("", "40001"))));
    assertEquals(ports.subList(2, 4), left.gone());
    assertEquals(ports.subList(0, 2), left.kept());
    assertEquals(Map.of(WEB, List.of(RANDOM)), left.spec().bindings());
  }

  @Test
  void what_was_published_before_it_was_noted_why_goes_by_where_it_is() {
    var old = new Published(WEB, "0.0.0.0", 8080);
    var left =
        Republication.of(spec(Map.of()), List.of(old), Map.of(), Map.of(WEB, List.of(FIXED)));
    assertEquals(List.of(old), left.gone());
  }

  @Test
  void all_exposed_ports_are_spelled_out_once_one_of_them_is_changed() {
    var left =
        Republication.of(
            spec("default", true, Map.of()), List.of(), Map.of(), Map.of(WEB, List.of()));
    assertEquals(Map.of(DNS, List.of(RANDOM)), left.spec().bindings());
    assertEquals(false, left.spec().publishAll());
  }

  @Test
  void a_port_may_move_but_not_be_given_twice() {
    var spec = spec(Map.of(WEB, List.of(FIXED)));
    var other = Port.parse("81");
    var moved =
        Republication.of(
            spec, List.of(), Map.of(other, List.of(FIXED)), Map.of(WEB, List.of(FIXED)));
    assertEquals(Map.of(other, List.of(FIXED)), moved.spec().bindings());
    assertEquals(
        "Bind for 127.0.0.1:8080 failed: port is already allocated",
        refusal(spec, Map.of(other, List.of(new Binding("127.0.0.1", "8080"))), Map.of()));
    Republication.of(spec, List.of(), Map.of(DNS, List.of(FIXED)), Map.of());
  }

  @Test
  void what_is_not_published_can_not_be_withdrawn() {
    var spec = spec(Map.of(WEB, List.of(FIXED)));
    assertEquals("port 53/udp is not published", refusal(spec, Map.of(), Map.of(DNS, List.of())));
    assertEquals(
        "port 80/tcp is not published at 127.0.0.1:81",
        refusal(spec, Map.of(), Map.of(WEB, List.of(LOCAL))));
  }

  @Test
  void who_has_no_network_of_its_own_publishes_nothing() {
    assertEquals(
        "Published ports are discarded when using host network mode",
        refusal(spec("host", false, Map.of()), Map.of(WEB, List.of()), Map.of()));
    assertEquals(
        "conflicting options: port publishing and the container type network mode",
        refusal(spec("container:x", false, Map.of()), Map.of(WEB, List.of()), Map.of()));
  }
}
