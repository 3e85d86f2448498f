package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeasesTest {
  private static final Duration REST = Duration.ofSeconds(10);

  private Instant now = Instant.EPOCH;
  private final Leases leases =
      leases(pool("10.0.0.0/29", "10.0.0.0/29", "10.0.0.1"), pool("fd00::/126", "fd00::/126", ""));

  private Leases leases(PoolLeases... pools) {
    return new Leases("own (id)", List.of(pools), () -> now);
  }

  private static PoolLeases pool(String subnet, String range, String reserved) {
    return new PoolLeases(
        Subnet.parse(subnet),
        Subnet.parse(range),
        reserved.isEmpty() ? Set.of() : Set.of(Ip.parse(reserved)),
        REST);
  }

  private String take(String owner) {
    return leases.take("endpoint of " + owner, owner, false).toString();
  }

  private void release(String owner, String address) {
    leases.release("endpoint of " + owner, owner, Ip.parse(address));
  }

  @Test
  void the_lowest_free_address_is_given_and_none_twice() {
    assertEquals("10.0.0.2/29", take("a"));
    assertEquals("10.0.0.3/29", take("b"));
    release("a", "10.0.0.2");
    now = now.plus(REST);
    assertEquals("10.0.0.2/29", take("c"));
    assertEquals("10.0.0.4/29", take("d"));
  }

  @Test
  void an_address_that_came_back_rests_but_not_for_whoever_had_it() {
    take("a");
    take("b");
    release("a", "10.0.0.2");
    release("b", "10.0.0.3");
    assertEquals("10.0.0.4/29", take("c"));
    assertEquals("10.0.0.3/29", take("b"));
    assertEquals("10.0.0.5/29", take("d"));
    assertEquals("10.0.0.6/29", take("e"));
    assertEquals("10.0.0.2/29", take("f"), "rather than to refuse");
  }

  @Test
  void only_the_owner_gives_an_address_back() {
    take("a");
    release("b", "10.0.0.2");
    assertEquals("10.0.0.3/29", take("c"));
  }

  @Test
  void a_full_network_refuses_and_says_which() {
    for (int i = 0; i < 5; i++) {
      take("c" + i);
    }
    var refused = assertThrows(Refused.class, () -> take("late"));
    assertEquals(
        "no available IPv4 addresses on this network's address pools: own (id)",
        refused.getMessage());
  }

  @Test
  void each_family_has_its_own() {
    assertEquals("fd00::1/126", leases.take("e", "a", true).toString());
    assertEquals("fd00::2/126", leases.take("f", "b", true).toString());
    assertEquals("fd00::3/126", leases.take("g", "c", true).toString());
    var refused = assertThrows(Refused.class, () -> leases.take("h", "d", true));
    assertTrue(refused.failure().message().startsWith("no available IPv6 addresses"));
  }

  @Test
  void the_next_pool_is_used_when_one_is_full() {
    var two =
        leases(
            pool("10.0.0.0/30", "10.0.0.0/30", "10.0.0.1"),
            pool("10.0.1.0/24", "10.0.1.0/24", "10.0.1.1"));
    assertEquals("10.0.0.2/30", two.take("e", "a", false).toString());
    assertEquals("10.0.1.2/24", two.take("f", "b", false).toString());
  }

  @Test
  void a_wanted_address_is_given_when_it_is_free_and_inside() {
    Ip wanted = Ip.parse("10.0.0.5");
    assertEquals("10.0.0.5/29", leases.take("a", wanted).toString());
    assertEquals("10.0.0.5/29", leases.take("a", wanted).toString());
    assertEquals(new Failure.Forbidden("Address already in use"), refusal("10.0.0.5"));
    assertInstanceOf(Failure.Forbidden.class, refusal("10.0.0.1"));
    assertInstanceOf(Failure.Forbidden.class, refusal("10.0.0.0"));
    assertInstanceOf(Failure.Forbidden.class, refusal("10.0.0.7"));
    assertInstanceOf(Failure.Forbidden.class, refusal("fd00::"));
    assertEquals(
        new Failure.Invalid(
            "invalid address 10.0.0.8: It does not belong to any of this network's subnets"),
        refusal("10.0.0.8"));
  }

  @Test
  void addresses_are_chosen_from_the_range() {
    var ranged = leases(pool("10.0.0.0/24", "10.0.0.128/25", ""));
    assertEquals("10.0.0.128/24", ranged.take("e", "a", false).toString());
    assertEquals("10.0.0.5/24", ranged.take("b", Ip.parse("10.0.0.5")).toString());
    ranged.release("b", "b", Ip.parse("10.0.0.5"));
    assertEquals("10.0.0.129/24", ranged.take("c", "b", false).toString());
  }

  private Failure refusal(String address) {
    return assertThrows(Refused.class, () -> leases.take("stranger", Ip.parse(address))).failure();
  }

  /** Whatever is asked in whatever order: nobody has what another has, and all is in its place. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void no_address_is_ever_given_twice(long seed) {
    var chance = new Random(seed);
    var range = Subnet.parse("10.0.0.16/28");
    var some = leases(pool("10.0.0.0/26", range.toString(), "10.0.0.17"));
    Map<Ip, String> given = new HashMap<>();
    for (int step = 0; step < 3000; step++) {
      String owner = "o" + chance.nextInt(25);
      now = now.plusSeconds(chance.nextInt(4));
      switch (chance.nextInt(3)) {
        case 0 -> {
          boolean full = range(range).stream().allMatch(given::containsKey);
          try {
            Subnet got = some.take(owner + step, owner, false);
            assertNull(given.put(got.address(), owner + step), "given twice: " + got);
            assertTrue(range.contains(got.address()), got + " is not in the range");
          } catch (Refused refused) {
            assertTrue(full, "refused though there was room");
          }
        }
        case 1 -> {
          Ip wanted = Ip.parse("10.0.0." + chance.nextInt(64));
          try {
            some.take(owner + step, wanted);
            assertNull(given.put(wanted, owner + step), "given twice: " + wanted);
          } catch (Refused refused) {
            assertTrue(
                given.containsKey(wanted)
                    || Set.of("10.0.0.0", "10.0.0.17", "10.0.0.63").contains(wanted.toString()));
          }
        }
        default -> {
          if (!given.isEmpty()) {
            Ip back = new ArrayList<>(given.keySet()).get(chance.nextInt(given.size()));
            some.release(String.valueOf(given.remove(back)), owner, back);
          }
        }
      }
    }
  }

  /** What may be given of it. */
  private static List<Ip> range(Subnet range) {
    var all = new ArrayList<Ip>();
    for (Ip at = range.first(); range.contains(at); at = at.plus(1)) {
      all.add(at);
    }
    all.remove(Ip.parse("10.0.0.17"));
    return all;
  }
}
