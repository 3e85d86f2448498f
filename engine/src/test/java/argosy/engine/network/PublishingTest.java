package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ports published and withdrawn while a container runs. */
class PublishingTest extends PaperNetworks {
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

  private Attachment.Rewired publish(
      String container,
      NetworkSpec spec,
      Map<Port, List<Binding>> add,
      Map<Port, List<Binding>> remove) {
    order(container, spec, add, remove);
    return rewired();
  }

  private Failure unwired() {
    var outcome = wires.receiveMessage(PATIENCE);
    return assertInstanceOf(Outcome.Failed.class, outcome).failure();
  }
}
