package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import argosy.engine.netlink.Wiring.PortRange;
import argosy.engine.network.PortAllocation.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortAllocationTest {
  private static final int LOOPBACK = Cidr.address("127.0.0.1");
  private static final int OTHER = Cidr.address("10.0.0.1");
  private final PortAllocation ports = new PortAllocation(new PortRange(40000, 40002));

  private int take(String protocol, int address, String wanted) {
    return ports.take(protocol, address, wanted, List.of()).port();
  }

  private String refusal(int address, String wanted) {
    return assertThrows(Refused.class, () -> take("tcp", address, wanted)).failure().message();
  }

  @Test
  void all_addresses_clash_with_each_one() {
    take("tcp", LOOPBACK, "80");
    assertEquals("Bind for 0.0.0.0:80 failed: port is already allocated", refusal(0, "80"));
    assertEquals(
        "Bind for 127.0.0.1:80 failed: port is already allocated", refusal(LOOPBACK, "80"));
    assertEquals(80, take("tcp", OTHER, "80"));
    assertEquals(80, take("udp", 0, "80"));
  }

  @Test
  void a_released_port_is_free_again() {
    var place = ports.take("tcp", 0, "80", List.of());
    ports.release(place);
    assertEquals(80, take("tcp", 0, "80"));
  }

  @Test
  void any_port_comes_from_the_kernels_range_in_turn() {
    assertEquals(40000, take("tcp", 0, ""));
    assertEquals(40001, take("tcp", 0, "0"));
    ports.release(new Place("tcp", 0, 40000));
    assertEquals(40002, take("tcp", 0, ""));
    assertEquals(40000, take("tcp", 0, ""));
    assertEquals(
        "Bind for 0.0.0.0 failed: all ports from 40000 to 40002 are already allocated",
        refusal(0, ""));
  }

  @Test
  void a_range_gives_the_first_free_one_that_is_not_to_be_avoided() {
    assertEquals(8000, take("tcp", 0, "8000-8002"));
    assertEquals(
        8002, ports.take("tcp", 0, "8000-8002", List.of(new Place("tcp", 0, 8001))).port());
  }

  @Test
  void nonsense_is_refused() {
    for (String wanted : List.of("x", "70000", "9-8", "-1")) {
      assertEquals("invalid port: " + wanted, refusal(0, wanted));
    }
  }
}
