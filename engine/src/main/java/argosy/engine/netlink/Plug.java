package argosy.engine.netlink;

import java.util.List;
import java.util.Map;

/**
 * One end of a container in a bridge.
 *
 * @param number which of the container's interfaces it is, which tells the host's end from others
 * @param name the container side's interface, {@code eth0}
 * @param mac six bytes as {@code 02:42:ac:11:00:02}
 * @param addresses what it has, with the networks' prefix lengths
 * @param gateways where the default routes lead, at most one of each family
 * @param sysctls by name below {@code net.}, {@code ipv4.conf.eth0.forwarding}
 */
public record Plug(
    String bridge,
    int number,
    String name,
    String mac,
    List<Subnet> addresses,
    List<Ip> gateways,
    int mtu,
    Map<String, String> sysctls) {
  public Plug {
    addresses = List.copyOf(addresses);
    gateways = List.copyOf(gateways);
    sysctls = Map.copyOf(sysctls);
  }

  /** Docker's way to a stable hardware address: 02:42 and the IPv4 address. */
  public static String mac(int address) {
    return "02:42:%02x:%02x:%02x:%02x"
        .formatted(address >>> 24, address >>> 16 & 0xff, address >>> 8 & 0xff, address & 0xff);
  }

  boolean six() {
    return addresses.stream().anyMatch(Subnet::six);
  }
}
