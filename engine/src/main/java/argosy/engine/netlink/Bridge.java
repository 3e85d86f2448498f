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
 * @param internal true: nothing gets out of it and nothing in
 * @param masquerade whether what leaves it carries the host's address
 * @param talkative whether its containers reach each other
 */
public record Bridge(
    String name,
    List<Subnet> subnets,
    List<Family> addressed,
    int mtu,
    boolean internal,
    boolean masquerade,
    boolean talkative) {
  public Bridge {
    subnets = List.copyOf(subnets);
    addressed = List.copyOf(addressed);
  }

  /** IPv4 or IPv6. */
  public enum Family {
    V4,
    V6
  }

  /** The bridge's own addresses. */
  List<Subnet> addresses() {
    return subnets.stream()
        .filter(subnet -> addressed.contains(subnet.six() ? Family.V6 : Family.V4))
        .toList();
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
