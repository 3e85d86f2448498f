package argosy.engine.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "FD00:0:0:1:0:0:0:9, fd00:0:0:1::9",
    "fd00:0:0:1:0:0:9:9, fd00::1:0:0:9:9",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "2001:db8::, 2001:db8::"
  })
  void an_address_is_written_in_its_usual_form(String text, String usual) {
    assertEquals(usual, Ip.parse(text).toString());
    assertEquals(Ip.parse(text), Ip.of(Ip.parse(text).bytes()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.1.2", "10.1.2.256", "fe80::1%eth0", "[::1]", ":", "1::2::3", "host"})
  void anything_else_is_no_address(String text) {
    assertThrows(IllegalArgumentException.class, () -> Ip.parse(text));
  }

  @Test
  void a_network_knows_its_ends_and_what_lies_in_it() {
    var four = Subnet.parse("172.18.5.1/16");
    assertEquals("172.18.0.0", four.first().toString());
    assertEquals("172.18.255.255", four.last().toString());
    assertEquals("172.18.0.0/16", four.network().toString());
    var six = Subnet.parse("fd00:1::5/64");
    assertEquals("fd00:1::/64", six.network().toString());
    assertEquals("fd00:1::ffff:ffff:ffff:ffff", six.last().toString());
    assertTrue(six.contains(Ip.parse("fd00:1::ffff")));
    assertFalse(six.contains(Ip.parse("fd00:1:0:1::")));
    assertFalse(Subnet.parse("::/0").contains(Ip.parse("10.0.0.1")));
    assertTrue(four.overlaps(Subnet.parse("172.16.0.0/12")));
    assertFalse(four.overlaps(Subnet.parse("172.19.0.0/16")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "fd00::/129", "10.0.0.0/-1", "/8", "a/8"})
  void anything_else_is_no_network(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Subnet.parse(text));
    assertEquals("invalid CIDR address: " + text, refused.getMessage());
  }
}
