package argosy.engine.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
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
        List.of(Family.values()),
        1500,
        Traffic.translated(internal, masquerade, talkative));
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
    String text = Ruleset.whole(List.of(bridge(false, true, true)), List.of(WEB), List.of());
    assertTrue(
        text.startsWith("table inet argosy\ndelete table inet argosy\ntable inet argosy {\n"));
    assertTrue(text.contains("ip saddr 172.17.0.0/16 oifname != \"argosy0\" masquerade\n"));
    assertTrue(text.contains("iifname \"argosy0\" oifname \"argosy0\" accept\n"));
    assertTrue(
        text.contains("oifname \"argosy0\" ct status dnat accept\noifname \"argosy0\" drop\n"));
    assertTrue(text.endsWith("add element inet argosy tcp_any { 8080 : 172.17.0.2 . 80 }\n"));
  }

  private static String through(Traffic traffic) {
    var dual = List.of(ADDRESS, Subnet.parse("fd00::1/64"));
    var bridge = new Bridge("br0", dual, List.of(Family.values()), 1500, traffic);
    return Ruleset.whole(List.of(bridge), List.of(), List.of());
  }

  private static Traffic traffic(Set<Family> open, Set<Family> routed, String... trusted) {
    return new Traffic(false, true, true, open, routed, List.of(), List.of(trusted));
  }

  @Test
  void an_unprotected_family_is_open_to_all_but_to_neighbours_that_may_not_talk() {
    String text = through(traffic(Set.of(Family.V4), Set.of()));
    assertTrue(
        text.contains(
            "iifname != \"br0\" oifname \"br0\" meta nfproto ipv4 accept\noifname \"br0\" drop\n"));
    assertTrue(text.contains("ip saddr 172.17.0.0/16 oifname != \"br0\" masquerade\n"));
  }

  @Test
  void a_routed_family_is_not_translated_and_lets_published_ports_in() {
    String text = through(traffic(Set.of(), Set.of(Family.V6)));
    String inward = "iifname != \"br0\" oifname \"br0\" ";
    assertTrue(
        text.contains(
            inward
                + "meta l4proto icmpv6 accept\n"
                + inward
                + "meta nfproto ipv6 jump openings\n"
                + "oifname \"br0\" drop\n"));
    assertFalse(text.contains("ip6 saddr"));
    assertTrue(text.contains("ip saddr 172.17.0.0/16 oifname != \"br0\" masquerade\n"));
  }

  @Test
  void trusted_interfaces_reach_what_is_published() {
    String text = through(traffic(Set.of(), Set.of(), "eth1", "wg0"));
    assertTrue(
        text.contains(
            """
            iifname "eth1" oifname "br0" jump openings
            iifname "wg0" oifname "br0" jump openings
            oifname "br0" drop
            """));
  }

  @Test
  void what_leaves_carries_the_address_that_was_chosen() {
    var sources = List.of(Ip.parse("10.0.0.9"), Ip.parse("fd09::9"));
    String text = through(new Traffic(false, true, true, Set.of(), Set.of(), sources, List.of()));
    assertTrue(text.contains("ip saddr 172.17.0.0/16 oifname != \"br0\" snat ip to 10.0.0.9\n"));
    assertTrue(text.contains("ip6 saddr fd00::/64 oifname != \"br0\" snat ip6 to fd09::9\n"));
  }

  @Test
  void what_is_not_translated_is_an_opening_and_no_element_of_a_map() {
    var routed = forward("0.0.0.0", 0, "172.17.0.2", 80);
    assertEquals("", Ruleset.add(List.of(routed)));
    var openings = List.of(Opening.of(routed), new Opening("udp", Ip.parse("fd00::2"), 53));
    assertEquals(
        """
        add element inet argosy tcp_open { 172.17.0.2 . 80 }
        add element inet argosy udp6_open { fd00::2 . 53 }
        """,
        Ruleset.open(openings));
    assertTrue(Ruleset.close(openings).startsWith("delete element inet argosy tcp_open {"));
  }

  @Test
  void an_internal_network_is_neither_translated_nor_passed() {
    String text = Ruleset.whole(List.of(bridge(true, true, true)), List.of(), List.of());
    assertFalse(text.contains("oifname != \"argosy0\" masquerade"));
    assertTrue(text.contains("iifname \"argosy0\" drop\noifname \"argosy0\" drop\n"));
  }

  @Test
  void a_network_without_talk_between_its_containers_has_no_rule_that_lets_them() {
    String text = Ruleset.whole(List.of(bridge(false, false, false)), List.of(), List.of());
    assertFalse(text.contains("iifname \"argosy0\" oifname \"argosy0\" accept"));
    assertFalse(text.contains("oifname != \"argosy0\" masquerade"));
  }
}
