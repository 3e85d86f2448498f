package argosy.engine.network;

import argosy.engine.netlink.Subnet;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * A container's place in one network.
 *
 * @param network the network's name
 * @param number which of the container's interfaces it is; 0 where there is none
 * @param interfaceName inside the container, {@code eth0}; "" on host and none networks
 * @param ipv4 "" while the container does not run, or where there is none
 * @param asked what the user asked for
 * @param dnsNames every name that resolves to it in this network
 */
public record Endpoint(
    String id,
    String network,
    String networkId,
    String container,
    String containerName,
    int number,
    String interfaceName,
    String mac,
    String ipv4,
    int ipv4Prefix,
    String gateway,
    String ipv6,
    int ipv6Prefix,
    String ipv6Gateway,
    EndpointSpec asked,
    List<String> dnsNames) {
  public Endpoint {
    dnsNames = List.copyOf(dnsNames);
  }

  /** Its interface is the container's first one. */
  public Endpoint(
      String id,
      String network,
      String networkId,
      String container,
      String containerName,
      String interfaceName,
      String mac,
      String ipv4,
      int ipv4Prefix,
      String gateway,
      String ipv6,
      int ipv6Prefix,
      String ipv6Gateway,
      EndpointSpec asked,
      List<String> dnsNames) {
    this(
        id,
        network,
        networkId,
        container,
        containerName,
        0,
        interfaceName,
        mac,
        ipv4,
        ipv4Prefix,
        gateway,
        ipv6,
        ipv6Prefix,
        ipv6Gateway,
        asked,
        dnsNames);
  }

  /** The same of a container with another name. */
  Endpoint called(String name, List<String> names) {
    return new Endpoint(
        id,
        network,
        networkId,
        container,
        name,
        number,
        interfaceName,
        mac,
        ipv4,
        ipv4Prefix,
        gateway,
        ipv6,
        ipv6Prefix,
        ipv6Gateway,
        asked,
        names);
  }

  /** Its addresses, none where it has no interface. */
  List<Subnet> addresses() {
    return Stream.of(text(ipv4, ipv4Prefix), text(ipv6, ipv6Prefix))
        .filter(text -> !text.isEmpty())
        .map(Subnet::parse)
        .toList();
  }

  private static String text(String address, int prefix) {
    return address.isEmpty() ? "" : address + "/" + prefix;
  }

  /** It has an interface of its own in the container. */
  boolean isWired() {
    return !interfaceName.isEmpty();
  }
}
