package argosy.engine.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesetTest {
  private static final Subnet ADDRESS = Subnet.parse("172.17.0.1/16");
  private static final Forward WEB = forward("0.0.0.0", 8080, "172.17.0.2", 80);
  private static final Forward ADMIN = forward("127.0.0.1", 81, "172.17.0.2", 81);

  private static Forward forward(String hostIp, int hostPort, String address, int port) {
    return new Forward("tcp", Ip.parse(hostIp), hostPort, Ip.parse(address), port);
  }

  private static Bridge bridge(boolean internal, boolean masquerade, boolean talkative) {
    return new Bridge(
        "argosy0",
        List.of(ADDRESS),
        List.of(Bridge.Family.values()),
        1500,
        internal,
        masquerade,
        talkative);
  }

  @Test
  void published_ports_are_elements_of_one_command_for_each_map() {
    var another = forward("0.0.0.0", 8081, "172.17.0.3", 80);
    assertEquals(
        """
        add element inet argosy tcp_any { 8080 : 172.17.0.2 . 80, 8081 : 172.17.0.3 . 80 }
        add element inet argosy tcp_one { 127.0.0.1 . 81 : 172.17.0.2 . 81 }
        """,
        Ruleset.add(List.of(WEB, ADMIN, another)));
    assertEquals(
        """
        add element inet argosy tcp6_any { 80 : fd00::2 . 80 }
        add element inet argosy tcp6_one { ::1 . 81 : fd00::2 . 80 }
        """,
        Ruleset.add(List.of(forward("::", 80, "fd00::2", 80), forward("::1", 81, "fd00::2", 80))));
    assertEquals(
        """
        delete element inet argosy tcp_any { 8080 }
        delete element inet argosy tcp_one { 127.0.0.1 . 81 }
        """,
        Ruleset.delete(List.of(WEB, ADMIN)));
    assertEquals("", Ruleset.add(List.of()));
  }

  @Test
  void the_whole_table_is_replaced_in_one_transaction() {
    String text = Ruleset.whole(List.of(bridge(false, true, true)), List.of(WEB));
    assertTrue(
        text.startsWith("table inet argosy\ndelete table inet argosy\ntable inet argosy {\n"));
    assertTrue(text.contains("ip saddr 172.17.0.0/16 oifname != \"argosy0\" masquerade\n"));
    assertTrue(text.contains("iifname \"argosy0\" oifname \"argosy0\" accept\n"));
    assertTrue(
        text.contains("oifname \"argosy0\" ct status dnat accept\noifname \"argosy0\" drop\n"));
    assertTrue(text.endsWith("add element inet argosy tcp_any { 8080 : 172.17.0.2 . 80 }\n"));
  }

  @Test
  void an_internal_network_is_neither_translated_nor_passed() {
    String text = Ruleset.whole(List.of(bridge(true, true, true)), List.of());
    assertFalse(text.contains("oifname != \"argosy0\" masquerade"));
    assertTrue(text.contains("iifname \"argosy0\" drop\noifname \"argosy0\" drop\n"));
  }

  @Test
  void a_network_without_talk_between_its_containers_has_no_rule_that_lets_them() {
    String text = Ruleset.whole(List.of(bridge(false, false, false)), List.of());
    assertFalse(text.contains("iifname \"argosy0\" oifname \"argosy0\" accept"));
    assertFalse(text.contains("oifname != \"argosy0\" masquerade"));
  }
}
