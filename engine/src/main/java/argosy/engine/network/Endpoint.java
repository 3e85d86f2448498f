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
}
