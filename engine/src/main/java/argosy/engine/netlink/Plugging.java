package argosy.engine.netlink;

import argosy.engine.linux.SystemCallFailed;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Our bridges, and the links that lead into them. */
final class Plugging {
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
    links.delete(bridge);
    bridges.remove(bridge);
  }

  /** Makes a link into a namespace that is in use, and leads it into its bridge. */
  void add(Plug plug, FreshNamespace namespace) {
    namespace.addPair(links, plug.number(), plug.name());
    lead(plug, namespace);
  }

  /** Leads the default route there, or nowhere for 0. */
  static void route(Addresses addresses, int gateway) {
    if (gateway == 0) {
      addresses.removeDefaultRoute();
    } else {
      addresses.replaceDefaultRoute(gateway);
    }
  }

  /** Leads a link into a fresh namespace; answers the host's end. */
  String plug(Plug plug, FreshNamespace fresh) {
    if (plug.number() > 0) {
      fresh.addPair(links, plug.number(), plug.name());
    }
    lead(plug, fresh);
    if (plug.gateway() != 0) {
      new Addresses(fresh.inside()).addDefaultRoute(plug.gateway());
    }
    return fresh.link(plug.number());
  }

  /** Leads a link that is there into its bridge and gives it its address. */
  private void lead(Plug plug, FreshNamespace namespace) {
    String link = namespace.link(plug.number());
    enter(link, plug);
    links.hairpin(link);
    var inside = new Links(namespace.inside());
    int index = inside.find(plug.name()).orElseThrow(() -> missing(plug.name())).index();
    inside.up(index, bytes(plug.mac()), plug.mtu());
    new Addresses(namespace.inside()).add(index, plug.address());
  }

  /** A bridge that somebody removed is made again. */
  private void enter(String link, Plug plug) {
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
      links.addBridge(bridge.name(), bytes(Plug.mac(bridge.address().address())));
    }
    Link link = links.find(bridge.name()).orElseThrow(() -> missing(bridge.name()));
    if (!link.kind().equals("bridge")) {
      throw new IllegalStateException(
          "the interface " + bridge.name() + " exists and is no bridge; name another one");
    }
    address(link, bridge.address());
    links.mtu(link.index(), bridge.mtu());
    links.up(link.index());
    Sysctl.enable("ipv4/conf/" + bridge.name() + "/route_localnet");
    bridges.put(bridge.name(), bridge);
    indexes.put(bridge.name(), link.index());
  }

  private void address(Link link, Cidr wanted) {
    boolean there = false;
    for (Addresses.Address address : addresses.all()) {
      if (address.link() == link.index() && address.cidr().equals(wanted)) {
        there = true;
      } else if (address.link() == link.index()) {
        addresses.remove(link.index(), address.cidr());
      }
    }
    if (!there) {
      addresses.add(link.index(), wanted);
    }
  }

  private static byte[] bytes(String mac) {
    return HexFormat.ofDelimiter(":").parseHex(mac);
  }

  private static IllegalStateException missing(String link) {
    return new IllegalStateException("the interface " + link + " is missing");
  }
}
