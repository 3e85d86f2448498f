package argosy.engine.netlink;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Our packet filter's text, in nft(8)'s language. One table of our own; nobody else's is read or
 * changed. Published ports are elements of maps, so that a container's start and end add and delete
 * elements and the rules stay as they are.
 */
final class Ruleset {
  private static final String TABLE = "inet argosy";

  /** What versions before this one wrote; it would translate a second time. */
  static final String FORMER = "table ip argosy\ndelete table ip argosy\n";

  private static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");

  private Ruleset() {}

  /** Replaces the whole table in one transaction. */
  static String whole(
      Collection<Bridge> bridges, Collection<Forward> forwards, Collection<Opening> openings) {
    return "table %s\ndelete table %s\ntable %s {\n".formatted(TABLE, TABLE, TABLE)
        + PROTOCOLS.stream().map(Ruleset::maps).collect(Collectors.joining())
        + published()
        + openings()
        + entrances()
        + chain(
            "outward",
            "nat hook postrouting priority srcnat",
            bridges.stream().map(Ruleset::outward).collect(Collectors.joining()))
        + chain(
            "through",
            "filter hook forward priority filter",
            "ct state established,related accept\n"
                + bridges.stream().map(Ruleset::talk).collect(Collectors.joining())
                + bridges.stream().map(Ruleset::through).collect(Collectors.joining()))
        + "}\n"
        + add(forwards)
        + open(openings);
  }

  /** Those that are not translated have no element. */
  static String add(Collection<Forward> forwards) {
    return elements(
        "add",
        forwards.stream().filter(Forward::isTranslated).toList(),
        Ruleset::map,
        forward -> "%s : %s . %d".formatted(key(forward), forward.address(), forward.port()));
  }

  static String delete(Collection<Forward> forwards) {
    return elements(
        "delete",
        forwards.stream().filter(Forward::isTranslated).toList(),
        Ruleset::map,
        Ruleset::key);
  }

  static String open(Collection<Opening> openings) {
    return elements("add", openings, Ruleset::set, Ruleset::key);
  }

  static String close(Collection<Opening> openings) {
    return elements("delete", openings, Ruleset::set, Ruleset::key);
  }

  /** One command for each map or set. */
  private static <T> String elements(
      String verb, Collection<T> all, Function<T, String> home, Function<T, String> element) {
    return all.stream()
        .collect(
            Collectors.groupingBy(
                home, TreeMap::new, Collectors.mapping(element, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(
            map -> "%s element %s %s { %s }\n".formatted(verb, TABLE, map.getKey(), map.getValue()))
        .collect(Collectors.joining());
  }

  private static String map(Forward forward) {
    return forward.protocol()
        + (forward.hostAddress().six() ? "6" : "")
        + (forward.hostAddress().isAny() ? "_any" : "_one");
  }

  private static String key(Forward forward) {
    return forward.hostAddress().isAny()
        ? Integer.toString(forward.hostPort())
        : forward.hostAddress() + " . " + forward.hostPort();
  }

  private static String set(Opening opening) {
    return opening.protocol() + (opening.address().six() ? "6" : "") + "_open";
  }

  private static String key(Opening opening) {
    return opening.address() + " . " + opening.port();
  }

  private static String maps(String protocol) {
    return """
      map %1$s_any { type inet_service : ipv4_addr . inet_service; }
      map %1$s_one { type ipv4_addr . inet_service : ipv4_addr . inet_service; }
      map %1$s6_any { type inet_service : ipv6_addr . inet_service; }
      map %1$s6_one { type ipv6_addr . inet_service : ipv6_addr . inet_service; }
      set %1$s_open { type ipv4_addr . inet_service; }
      set %1$s6_open { type ipv6_addr . inet_service; }
    """
        .formatted(protocol);
  }

  private static String published() {
    return PROTOCOLS.stream()
        .map(protocol ->
            """
            meta nfproto ipv4 dnat ip to ip daddr . %1$s dport map @%1$s_one
            meta nfproto ipv4 dnat ip to %1$s dport map @%1$s_any
            meta nfproto ipv6 dnat ip6 to ip6 daddr . %1$s dport map @%1$s6_one
            meta nfproto ipv6 dnat ip6 to %1$s dport map @%1$s6_any
            """
                .formatted(protocol))
        .collect(Collectors.joining("", "chain published {\n", "}\n"));
  }

  /** What is let in at the containers' own addresses where a network says so. */
  private static String openings() {
    return PROTOCOLS.stream()
        .map(protocol ->
            """
            ip daddr . %1$s dport @%1$s_open accept
            ip6 daddr . %1$s dport @%1$s6_open accept
            """
                .formatted(protocol))
        .collect(Collectors.joining("", "chain openings {\n", "}\n"));
  }

  /**
   * What the host's processes send to its own addresses passes output, what others send passes
   * prerouting. A loopback address from a wire is dropped before it can be translated: so a port
   * published to 127.0.0.1 stays the host's, and route_localnet opens nothing else. IPv6 has no
   * such switch: what is sent to ::1 can not be led out.
   */
  private static String entrances() {
    String toOurselves = "fib daddr type local jump published\n";
    return chain(
            "wire",
            "filter hook prerouting priority raw",
            "iifname != \"lo\" ip daddr 127.0.0.0/8 drop\niifname != \"lo\" ip6 daddr ::1 drop\n")
        + chain("inward", "nat hook prerouting priority dstnat", toOurselves)
        + chain("own", "nat hook output priority -100", "ip6 daddr ::1 accept\n" + toOurselves);
  }

  /** The source must be the host's where the answer would not come back this way otherwise. */
  private static String outward(Bridge bridge) {
    return bridge.subnets().stream()
            .map(subnet -> outward(bridge, subnet.network()))
            .collect(Collectors.joining())
        + "oifname \"%s\" ip saddr 127.0.0.0/8 masquerade\n".formatted(bridge.name());
  }

  private static String outward(Bridge bridge, Subnet subnet) {
    Traffic traffic = bridge.traffic();
    if (traffic.routed().contains(Family.of(subnet.six()))) {
      return "";
    }
    String family = family(subnet.six());
    String out = "%s saddr %s oifname != \"%s\" %s\n";
    String back = "oifname \"%s\" %s saddr %s ct status dnat masquerade\n";
    return (traffic.masquerade() && !traffic.internal()
            ? out.formatted(family, subnet, bridge.name(), source(traffic, subnet.six()))
            : "")
        + back.formatted(bridge.name(), family, subnet);
  }

  private static String source(Traffic traffic, boolean six) {
    return traffic.sources().stream()
        .filter(address -> address.six() == six)
        .findFirst()
        .map(address -> "snat %s to %s".formatted(family(six), address))
        .orElse("masquerade");
  }

  private static String family(boolean six) {
    return six ? "ip6" : "ip";
  }

  private static String talk(Bridge bridge) {
    return bridge.traffic().talkative()
        ? "iifname \"%1$s\" oifname \"%1$s\" accept\n".formatted(bridge.name())
        : "";
  }

  /**
   * Into a network come its published ports only, whoever sends: wires and other networks. Who may
   * address containers themselves comes before the last word; their neighbours are no such.
   */
  private static String through(Bridge bridge) {
    String name = bridge.name();
    Traffic traffic = bridge.traffic();
    if (traffic.internal()) {
      return "iifname \"%1$s\" drop\noifname \"%1$s\" drop\n".formatted(name);
    }
    var rules = new StringBuilder("oifname \"%s\" ct status dnat accept\n".formatted(name));
    String inward = "iifname != \"%1$s\" oifname \"%1$s\" ".formatted(name);
    for (Family family : Family.values()) {
      String protocol = family == Family.V6 ? "ipv6" : "ipv4";
      if (traffic.open().contains(family)) {
        rules.append(inward).append("meta nfproto %s accept\n".formatted(protocol));
      } else if (traffic.routed().contains(family)) {
        String errors = family == Family.V6 ? "icmpv6" : "icmp";
        rules.append(inward).append("meta l4proto %s accept\n".formatted(errors));
        rules.append(inward).append("meta nfproto %s jump openings\n".formatted(protocol));
      }
    }
    for (String trusted : traffic.trusted()) {
      rules.append("iifname \"%s\" oifname \"%s\" jump openings\n".formatted(trusted, name));
    }
    return rules.append("oifname \"%s\" drop\n".formatted(name)).toString();
  }

  private static String chain(String name, String hook, String rules) {
    return "chain %s {\ntype %s; policy accept;\n%s}\n".formatted(name, hook, rules);
  }
}
