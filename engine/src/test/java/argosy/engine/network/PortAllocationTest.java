package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Wiring.PortRange;
import argosy.engine.network.PortAllocation.Place;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortAllocationTest {
  private static final Ip ANY = Ip.parse("0.0.0.0");
  private static final Ip ANY6 = Ip.parse("::");
  private static final Ip LOOPBACK = Ip.parse("127.0.0.1");
  private static final Ip OTHER = Ip.parse("10.0.0.1");
  private final PortAllocation ports = new PortAllocation(new PortRange(40000, 40002));

  private int take(String protocol, Ip address, String wanted, Place... avoid) {
    return ports
        .take(protocol, List.of(address), wanted, List.of(avoid), Set.of())
        .getFirst()
        .port();
  }

  private String refusal(Ip address, String wanted) {
    return assertThrows(Refused.class, () -> take("tcp", address, wanted)).failure().message();
  }

  @Test
  void all_addresses_clash_with_each_one() {
    take("tcp", LOOPBACK, "80");
    assertEquals("Bind for 0.0.0.0:80 failed: port is already allocated", refusal(ANY, "80"));
    assertEquals(
        "Bind for 127.0.0.1:80 failed: port is already allocated", refusal(LOOPBACK, "80"));
    assertEquals(80, take("tcp", OTHER, "80"));
    assertEquals(80, take("udp", ANY, "80"));
  }

  @Test
  void a_released_port_is_free_again() {
    take("tcp", ANY, "80");
    ports.release(new Place("tcp", ANY, 80));
    assertEquals(80, take("tcp", ANY, "80"));
  }

  @Test
  void any_port_comes_from_the_kernels_range_in_turn() {
    assertEquals(40000, take("tcp", ANY, ""));
    assertEquals(40001, take("tcp", ANY, "0"));
    ports.release(new Place("tcp", ANY, 40000));
    assertEquals(40002, take("tcp", ANY, ""));
    assertEquals(40000, take("tcp", ANY, ""));
    assertEquals(
        "Bind for 0.0.0.0 failed: all ports from 40000 to 40002 are already allocated",
        refusal(ANY, ""));
  }

  @Test
  void a_range_gives_the_first_free_one_that_is_not_to_be_avoided() {
    assertEquals(8000, take("tcp", ANY, "8000-8002"));
    assertEquals(8002, take("tcp", ANY, "8000-8002", new Place("tcp", ANY, 8001)));
  }

  @Test
  void both_families_get_the_same_port_and_do_not_clash() {
    take("tcp", ANY6, "40000");
    var both = ports.take("tcp", List.of(ANY, ANY6), "", List.of(), Set.of());
    assertEquals(List.of(new Place("tcp", ANY, 40001), new Place("tcp", ANY6, 40001)), both);
    assertEquals(40000, take("tcp", ANY, "40000"));
    assertEquals("Bind for [::]:40000 failed: port is already allocated", refusal(ANY6, "40000"));
  }

  @Test
  void what_its_owner_gives_up_is_free_for_the_owner_alone() {
    take("tcp", ANY, "80");
    var place = new Place("tcp", ANY, 80);
    assertEquals(List.of(place), ports.take("tcp", List.of(ANY), "80", List.of(), Set.of(place)));
    refusal(ANY, "80");
  }

  @Test
  void nonsense_is_refused() {
    for (String wanted : List.of("x", "70000", "9-8", "-1")) {
      assertEquals("invalid port: " + wanted, refusal(ANY, wanted));
    }
  }
}
