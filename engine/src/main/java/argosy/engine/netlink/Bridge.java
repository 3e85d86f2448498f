package argosy.engine.netlink;

import java.util.List;

/**
 * A network as the kernel knows it.
 *
 * @param name the interface's, at most 15 characters
 * @param subnets the network's, each by the gateway's address, which is the bridge's own
 * @param addressed the families in which the bridge has its address; in the others the network is
 *     cut off from the host too
 * @param mtu bytes
 */
public record Bridge(
    String name, List<Subnet> subnets, List<Family> addressed, int mtu, Traffic traffic) {
  public Bridge {
    subnets = List.copyOf(subnets);
    addressed = List.copyOf(addressed);
  }

  /** The bridge's own addresses. */
  List<Subnet> addresses() {
    return subnets.stream().filter(subnet -> addressed.contains(Family.of(subnet.six()))).toList();
  }

  /** Told from the first IPv4 address, else from its name: always the same. */
  String mac() {
    return subnets.stream()
        .filter(subnet -> !subnet.six())
        .findFirst()
        .map(subnet -> Plug.mac(subnet.address().toInt()))
        .orElseGet(() -> Plug.mac(name.hashCode()));
  }

  boolean six() {
    return subnets.stream().anyMatch(Subnet::six);
  }
}
