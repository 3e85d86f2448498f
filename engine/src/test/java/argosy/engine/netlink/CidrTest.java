package argosy.engine.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @Test
  void it_reads_what_it_writes() {
    assertEquals("172.17.0.1/16", Cidr.parse("172.17.0.1/16").toString());
    assertEquals("255.255.255.255/32", Cidr.parse("255.255.255.255/32").toString());
    assertEquals("0.0.0.0/0", Cidr.parse("0.0.0.0/0").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3.4", "1.2.3.4/33", "1.2.3/8", "1.2.3.256/8", "a/8", "::/8"})
  void anything_else_is_no_cidr(String text) {
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text));
  }

  @Test
  void a_network_has_a_first_and_a_last_address() {
    var cidr = Cidr.parse("10.1.2.3/20");
    assertEquals("10.1.0.0", Cidr.text(cidr.first()));
    assertEquals("10.1.15.255", Cidr.text(cidr.last()));
    assertEquals(Cidr.parse("10.1.0.0/20"), cidr.network());
    assertEquals("255.255.255.255", Cidr.text(Cidr.parse("0.0.0.0/0").last()));
  }

  @Test
  void overlapping_is_one_containing_the_other() {
    assertTrue(Cidr.parse("10.0.0.0/8").overlaps(Cidr.parse("10.200.0.0/16")));
    assertTrue(Cidr.parse("10.200.0.1/32").overlaps(Cidr.parse("10.0.0.0/8")));
    assertFalse(Cidr.parse("10.0.0.0/16").overlaps(Cidr.parse("10.1.0.0/16")));
    assertTrue(Cidr.parse("200.0.0.0/8").contains(Cidr.address("200.1.1.1")));
  }
}
