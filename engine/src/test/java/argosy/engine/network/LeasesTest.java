package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private final Cidr subnet = Cidr.parse("10.0.0.0/29");
  private final Leases leases = new Leases(subnet, subnet, Set.of(Cidr.address("10.0.0.1")));

  private String take(String owner) {
    return Cidr.text(leases.take(owner));
  }

  @Test
  void the_lowest_free_address_is_given_and_none_twice() {
    assertEquals("10.0.0.2", take("a"));
    assertEquals("10.0.0.3", take("b"));
    leases.release("a", Cidr.address("10.0.0.2"));
    assertEquals("10.0.0.2", take("c"));
    assertEquals("10.0.0.4", take("d"));
  }

  @Test
  void only_the_owner_gives_an_address_back() {
    take("a");
    leases.release("b", Cidr.address("10.0.0.2"));
    assertEquals("10.0.0.3", take("c"));
  }

  @Test
  void a_full_network_refuses() {
    for (int i = 0; i < 5; i++) {
      take("c" + i);
    }
    var refused = assertThrows(Refused.class, () -> take("late"));
    assertEquals(
        "no available IPv4 addresses on this network's address pools", refused.getMessage());
  }

  @Test
  void a_wanted_address_is_given_when_it_is_free_and_inside() {
    int wanted = Cidr.address("10.0.0.5");
    assertEquals(wanted, leases.take("a", wanted));
    assertEquals(wanted, leases.take("a", wanted));
    assertInstanceOf(Failure.Forbidden.class, refusal("b", "10.0.0.5"));
    assertInstanceOf(Failure.Forbidden.class, refusal("b", "10.0.0.1"));
    assertInstanceOf(Failure.Forbidden.class, refusal("b", "10.0.0.7"));
    assertInstanceOf(Failure.Invalid.class, refusal("b", "10.0.0.8"));
  }

  @Test
  void addresses_are_chosen_from_the_range() {
    var ranged = new Leases(Cidr.parse("10.0.0.0/24"), Cidr.parse("10.0.0.128/25"), Set.of());
    assertEquals("10.0.0.128", Cidr.text(ranged.take("a")));
    assertEquals("10.0.0.5", Cidr.text(ranged.take("b", Cidr.address("10.0.0.5"))));
  }

  private Failure refusal(String owner, String address) {
    return assertThrows(Refused.class, () -> leases.take(owner, Cidr.address(address))).failure();
  }
}
