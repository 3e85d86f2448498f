package argosy.engine.network;

import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.util.List;

/**
 * A container's place in one network.
 *
 * @param network the network's name
 * @param interfaceName inside the container, {@code eth0}
 * @param ipv4 "" while the container does not run, or on host and none networks
 * @param asked what the user asked for
 * @param dnsNames every name that resolves to it in this network
 */
public record Endpoint(
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
  public Endpoint {
    dnsNames = List.copyOf(dnsNames);
  }

  /** Which of the container's interfaces it is, told from the name; 0 where there is none. */
  int number() {
    return interfaceName.isEmpty() ? 0 : Integer.parseInt(interfaceName.substring("eth".length()));
  }

  /** The same of a container with another name. */
  Endpoint called(String name, List<String> names) {
    return new Endpoint(
        id,
        network,
        networkId,
        container,
        name,
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

  /** It has an interface of its own in the container. */
  boolean isWired() {
    return !ipv4.isEmpty();
  }
}
