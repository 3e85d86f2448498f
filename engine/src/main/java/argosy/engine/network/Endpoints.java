package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Bridge;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  /** {@code others}: the container's, whose interfaces it must not clash with. */
  Endpoint draft(Guest guest, Network network, EndpointSpec asked, Collection<Endpoint> others) {
    String id = NetworkDraft.id(chance);
    if (network.configOnly()) {
      throw new Refused(
          new Failure.Forbidden("cannot create endpoint on configuration-only network"));
    }
    if (!BridgeOptions.isBridge(network)) {
      return endpoint(guest, network, asked, new Draft(id, 0, "", "", null, null));
    }
    String mac = asked.macAddress().isEmpty() ? "" : mac(asked.macAddress());
    EndpointOptions.check(asked);
    int number = Interfaces.freeNumber(others);
    String name = Interfaces.name(network, asked, number, others);
    Subnet four = lease(guest, network, id, false, asked.ipv4Address());
    try {
      Subnet six = lease(guest, network, id, true, asked.ipv6Address());
      String hardware = mac.isEmpty() ? hardware(id, four) : mac;
      return endpoint(guest, network, asked, new Draft(id, number, name, hardware, four, six));
    } catch (RuntimeException e) {
      if (four != null) {
        leases(network).forgo(id, four.address());
      }
      throw e;
    }
  }

  /** What has been decided of an endpoint. */
  private record Draft(
      String id,
      int number,
      String interfaceName,
      String mac,
      @Nullable Subnet four,
      @Nullable Subnet six) {}

  /** Idempotent. */
  void release(Endpoint endpoint) {
    table
        .leases(endpoint.networkId())
        .ifPresent(leases ->
            endpoint
                .addresses()
                .forEach(
                    each -> leases.release(endpoint.id(), endpoint.container(), each.address())));
  }

  /** As {@link #release} of an endpoint that never was. */
  void forgo(Endpoint endpoint) {
    table
        .leases(endpoint.networkId())
        .ifPresent(leases ->
            endpoint.addresses().forEach(each -> leases.forgo(endpoint.id(), each.address())));
  }

  /** {@code gateways}: where default routes lead through this one. */
  Plug plug(Endpoint endpoint, List<Ip> gateways) {
    Bridge bridge = BridgeOptions.bridge(table.find(endpoint.networkId()));
    var addresses = new ArrayList<>(endpoint.addresses());
    addresses.addAll(EndpointOptions.linkLocal(endpoint.asked()));
    return new Plug(
        bridge.name(),
        endpoint.number(),
        endpoint.interfaceName(),
        endpoint.mac(),
        addresses,
        gateways,
        bridge.mtu(),
        EndpointOptions.sysctls(endpoint.asked(), endpoint.interfaceName()));
  }

  /** Always the same for an address, so that neighbours who remember it stay right. */
  private static String hardware(String id, @Nullable Subnet four) {
    return Plug.mac(
        four == null ? Integer.parseUnsignedInt(id.substring(0, 8), 16) : four.address().toInt());
  }

  private static String mac(String text) {
    if (!MAC.matcher(text).matches()) {
      throw new Refused(new Failure.Invalid("invalid MAC address: " + text));
    }
    return text.replace('-', ':').toLowerCase(Locale.ROOT);
  }

  private Leases leases(Network network) {
    return table.leases(network.id()).orElseThrow();
  }

  /** Null on a network without that family. */
  private @Nullable Subnet lease(
      Guest guest, Network network, String id, boolean six, String wanted) {
    Leases leases = leases(network);
    if (!wanted.isEmpty()) {
      return lease(network, leases, id, six, wanted);
    }
    return leases.has(six) ? leases.take(id, guest.container(), six) : null;
  }

  private static Subnet lease(
      Network network, Leases leases, String id, boolean six, String wanted) {
    if (BridgeOptions.isDefault(network) || !leases.has(six)) {
      throw new Refused(
          new Failure.Invalid(
              "user specified IP address is supported only when connecting to networks with user"
                  + " configured subnets"));
    }
    return leases.take(id, EndpointOptions.address(wanted, six));
  }

  private static Endpoint endpoint(Guest guest, Network network, EndpointSpec asked, Draft draft) {
    Subnet four = draft.four();
    Subnet six = draft.six();
    return new Endpoint(
        draft.id(),
        network.name(),
        network.id(),
        guest.container(),
        guest.name(),
        draft.number(),
        draft.interfaceName(),
        draft.mac(),
        four == null ? "" : four.address().toString(),
        four == null ? 0 : four.length(),
        four == null ? "" : BridgeOptions.gateway(network, four.address()),
        six == null ? "" : six.address().toString(),
        six == null ? 0 : six.length(),
        six == null ? "" : BridgeOptions.gateway(network, six.address()),
        asked,
        BridgeOptions.isUserDefined(network) ? guest.names(asked.aliases()) : List.of());
  }
}
