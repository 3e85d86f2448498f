package argosy.engine.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesetTest {
  private static final Cidr ADDRESS = Cidr.parse("172.17.0.1/16");
  private static final Forward WEB = new Forward("tcp", 0, 8080, Cidr.address("172.17.0.2"), 80);
  private static final Forward ADMIN =
      new Forward("tcp", Cidr.address("127.0.0.1"), 81, Cidr.address("172.17.0.2"), 81);

  private static Bridge bridge(boolean internal, boolean masquerade, boolean talkative) {
    return new Bridge("argosy0", ADDRESS, 1500, internal, masquerade, talkative);
  }

  @Test
  void published_ports_are_elements_of_one_command_for_each_map() {
    var another = new Forward("tcp", 0, 8081, Cidr.address("172.17.0.3"), 80);
    assertEquals(
        """
        add element ip argosy tcp_any { 8080 : 172.17.0.2 . 80, 8081 : 172.17.0.3 . 80 }
        add element ip argosy tcp_one { 127.0.0.1 . 81 : 172.17.0.2 . 81 }
        """,
        Ruleset.add(List.of(WEB, ADMIN, another)));
    assertEquals(
        """
        delete element ip argosy tcp_any { 8080 }
        delete element ip argosy tcp_one { 127.0.0.1 . 81 }
        """,
        Ruleset.delete(List.of(WEB, ADMIN)));
    assertEquals("", Ruleset.add(List.of()));
  }

  @Test
  void the_whole_table_is_replaced_in_one_transaction() {
    String text = Ruleset.whole(List.of(bridge(false, true, true)), List.of(WEB));
    assertTrue(text.startsWith("table ip argosy\ndelete table ip argosy\ntable ip argosy {\n"));
    assertTrue(text.contains("ip saddr 172.17.0.0/16 oifname != \"argosy0\" masquerade\n"));
    assertTrue(text.contains("iifname \"argosy0\" oifname \"argosy0\" accept\n"));
    assertTrue(
        text.contains("oifname \"argosy0\" ct status dnat accept\noifname \"argosy0\" drop\n"));
    assertTrue(text.endsWith("add element ip argosy tcp_any { 8080 : 172.17.0.2 . 80 }\n"));
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
