package argosy.engine.netlink;

import argosy.engine.linux.SystemCallFailed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Our bridges, and the links that lead into them. */
final class Plugging {
  private static final String SIX = "ipv6/conf/";
  private static final String NO_SIX = "/disable_ipv6";

  private final Links links;
  private final Addresses addresses;
  private final Map<String, Bridge> bridges = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> indexes = new ConcurrentHashMap<>();

  Plugging(Links links, Addresses addresses) {
    this.links = links;
    this.addresses = addresses;
  }

  Collection<Bridge> bridges() {
    return List.copyOf(bridges.values());
  }

  /** Exactly these are ours from now on. */
  void lay(Collection<Bridge> wanted) {
    wanted.forEach(this::lay);
    bridges.keySet().retainAll(wanted.stream().map(Bridge::name).toList());
  }

  /** Idempotent. */
  void remove(String bridge) {
    Removal.of(bridge);
    bridges.remove(bridge);
  }

  /** Makes a link into a namespace that is in use, and leads it into its bridge. */
  void add(Plug plug, FreshNamespace namespace) {
    prepare(plug, namespace);
    enter(namespace.link(plug.number()), plug);
  }

  /** The same of all but the bridge. */
  void prepare(Plug plug, FreshNamespace namespace) {
    namespace.addPair(links, plug.number(), plug.name());
    configure(plug, namespace, plug.name(), namespace.index(plug.name()), List.of());
  }

  /** Leads the default routes there; a family without a gateway has none. */
  static void route(Addresses addresses, List<Ip> gateways) {
    gateways.forEach(addresses::replaceDefaultRoute);
    for (boolean six : new boolean[] {false, true}) {
      if (gateways.stream().noneMatch(gateway -> gateway.six() == six)) {
        addresses.removeDefaultRoute(six);
      }
    }
  }

  /** Leads a link into a fresh namespace; answers the host's end. */
  String plug(Plug plug, FreshNamespace fresh) {
    boolean first = plug.number() == 0;
    String name = first ? FreshNamespace.FIRST : plug.name();
    if (!first) {
      fresh.addPair(links, plug.number(), name);
    }
    enter(fresh.link(plug.number()), plug);
    configure(plug, fresh, name, first ? fresh.first() : fresh.index(name), plug.gateways());
    return fresh.link(plug.number());
  }

  /** Gives the container's end its name, addresses and routes. */
  private static void configure(
      Plug plug, FreshNamespace namespace, String name, int index, List<Ip> gateways) {
    if (plug.six()) {
      namespace.within(() -> speakSix(name));
    }
    var orders = new ArrayList<NetlinkRequest>();
    orders.add(Links.up(index, plug.name(), bytes(plug.mac()), plug.mtu()));
    plug.addresses().forEach(address -> orders.add(Addresses.addition(index, address)));
    gateways.forEach(gateway -> orders.add(Addresses.defaultRoute(gateway, index)));
    namespace.inside().executeAll("set up " + plug.name() + " " + plug.addresses(), orders);
    if (!plug.sysctls().isEmpty()) {
      namespace.within(
          () -> plug.sysctls().forEach((key, value) -> Sysctl.set(Sysctl.path(key), value)));
    }
  }

  /** The engine alone gives addresses and routes, and knows that nobody else has them. */
  private static void speakSix(String link) {
    Sysctl.set(SIX + link + NO_SIX, "0");
    Sysctl.set(SIX + link + "/accept_dad", "0");
    Sysctl.set(SIX + link + "/accept_ra", "0");
  }

  /** A bridge that somebody removed is made again. */
  void enter(String link, Plug plug) {
    try {
      links.plug(link, indexes.getOrDefault(plug.bridge(), -1), plug.mtu());
    } catch (SystemCallFailed e) {
      Bridge bridge = bridges.get(plug.bridge());
      if (bridge == null || links.find(plug.bridge()).isPresent()) {
        throw e;
      }
      lay(bridge);
      links.plug(link, indexes.getOrDefault(plug.bridge(), -1), plug.mtu());
    }
  }

  /** Makes a network's bridge as it is described, or brings it into that form. */
  void lay(Bridge bridge) {
    if (links.find(bridge.name()).isEmpty()) {
      links.addBridge(bridge.name(), bytes(bridge.mac()));
    }
    Link link = links.find(bridge.name()).orElseThrow(() -> missing(bridge.name()));
    if (!link.kind().equals("bridge")) {
      throw new IllegalStateException("existing interface " + bridge.name() + " is not a bridge");
    }
    families(bridge);
    address(link, bridge.addresses());
    links.mtu(link.index(), bridge.mtu());
    links.up(link.index());
    Sysctl.enable("ipv4/conf/" + bridge.name() + "/route_localnet");
    bridges.put(bridge.name(), bridge);
    indexes.put(bridge.name(), link.index());
  }

  /** A network without IPv6 has no address by which its containers would meet the host. */
  private static void families(Bridge bridge) {
    if (bridge.six()) {
      IpForwarding.six();
      speakSix(bridge.name());
    } else if (Sysctl.exists(SIX + bridge.name() + NO_SIX)) {
      Sysctl.set(SIX + bridge.name() + NO_SIX, "1");
    }
  }

  private void address(Link link, List<Subnet> wanted) {
    var missing = new ArrayList<>(wanted);
    for (Addresses.Address address : addresses.all()) {
      boolean ours = !address.isLinkLocal() || missing.contains(address.subnet());
      boolean here = address.link() == link.index() && ours;
      if (here && !missing.remove(address.subnet())) {
        addresses.remove(link.index(), address.subnet());
      }
    }
    missing.forEach(address -> addresses.add(link.index(), address));
  }

  private static byte[] bytes(String mac) {
    return HexFormat.ofDelimiter(":").parseHex(mac);
  }

  private static IllegalStateException missing(String link) {
    return new IllegalStateException("the interface " + link + " is missing");
  }
}
