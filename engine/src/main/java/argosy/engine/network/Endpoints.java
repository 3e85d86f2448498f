package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Bridge;
import argosy.engine.netlink.Cidr;
import argosy.engine.netlink.Plug;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Drafts containers' endpoints: their addresses and names. A lease that it gives is held until the
 * endpoint is released. Touches nothing.
 */
final class Endpoints {
  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}");

  private final NetworkTable table;
  private final RandomGenerator chance;

  Endpoints(NetworkTable table, RandomGenerator chance) {
    this.table = table;
    this.chance = chance;
  }

  /** {@code number}: which of the container's interfaces; refuses with Docker's text. */
  Endpoint draft(Guest guest, Network network, EndpointSpec asked, int number) {
    String id = NetworkDraft.id(chance);
    if (!BridgeOptions.isBridge(network)) {
      return endpoint(guest, network, asked, id, "", "", "");
    }
    String mac = asked.macAddress().isEmpty() ? "" : mac(asked.macAddress());
    int address = lease(network, id, asked.ipv4Address());
    return endpoint(
        guest,
        network,
        asked,
        id,
        "eth" + number,
        Cidr.text(address),
        mac.isEmpty() ? Plug.mac(address) : mac);
  }

  /** Idempotent. */
  void release(Endpoint endpoint) {
    if (endpoint.isWired()) {
      table
          .leases(endpoint.networkId())
          .ifPresent(leases -> leases.release(endpoint.id(), Cidr.address(endpoint.ipv4())));
    }
  }

  /** {@code gateway}: where the default route leads, 0 when not through this one. */
  Plug plug(Endpoint endpoint, int gateway) {
    Bridge bridge = BridgeOptions.bridge(table.find(endpoint.networkId()));
    return new Plug(
        bridge.name(),
        endpoint.number(),
        endpoint.mac(),
        new Cidr(Cidr.address(endpoint.ipv4()), endpoint.ipv4Prefix()),
        gateway,
        bridge.mtu());
  }

  private static String mac(String text) {
    if (!MAC.matcher(text).matches()) {
      throw new Refused(new Failure.Invalid("invalid MAC address: " + text));
    }
    return text.replace('-', ':').toLowerCase(Locale.ROOT);
  }

  private int lease(Network network, String id, String wanted) {
    Leases leases = table.leases(network.id()).orElseThrow();
    if (wanted.isEmpty()) {
      return leases.take(id);
    }
    if (BridgeOptions.isDefault(network)) {
      throw new Refused(
          new Failure.Invalid(
              "user specified IP address is supported only when connecting to networks with user"
                  + " configured subnets"));
    }
    try {
      return leases.take(id, Cidr.address(wanted));
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("invalid IPv4 address: " + wanted), e);
    }
  }

  private static Endpoint endpoint(
      Guest guest,
      Network network,
      EndpointSpec asked,
      String id,
      String interfaceName,
      String ipv4,
      String mac) {
    boolean wired = !ipv4.isEmpty();
    return new Endpoint(
        id,
        network.name(),
        network.id(),
        guest.container(),
        guest.name(),
        interfaceName,
        mac,
        ipv4,
        wired ? BridgeOptions.subnet(network).length() : 0,
        wired && !network.internal() ? network.pools().getFirst().gateway() : "",
        "",
        0,
        "",
        asked,
        BridgeOptions.isUserDefined(network) ? guest.names(asked.aliases()) : List.of());
  }
}
