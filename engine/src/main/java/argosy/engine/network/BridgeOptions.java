package argosy.engine.network;

import argosy.engine.netlink.Bridge;
import argosy.engine.netlink.Family;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import argosy.engine.netlink.Traffic;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** What a network of the bridge driver is to the kernel, read from Docker's option names. Pure. */
final class BridgeOptions {
  static final String NAME = "com.docker.network.bridge.name";
  static final String ICC = "com.docker.network.bridge.enable_icc";
  static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  static final String HOST_BINDING = "com.docker.network.bridge.host_binding_ipv4";
  static final String DEFAULT = "com.docker.network.bridge.default_bridge";
  static final String INHIBIT = "com.docker.network.bridge.inhibit_ipv4";
  static final String GATEWAY_MODE_4 = "com.docker.network.bridge.gateway_mode_ipv4";
  static final String GATEWAY_MODE_6 = "com.docker.network.bridge.gateway_mode_ipv6";
  static final String MTU = "com.docker.network.driver.mtu";
  static final String PREFIX = "com.docker.network.container_iface_prefix";
  static final String ENABLE_4 = "com.docker.network.enable_ipv4";
  static final String ENABLE_6 = "com.docker.network.enable_ipv6";
  static final String HOST_4 = "com.docker.network.host_ipv4";
  static final String HOST_6 = "com.docker.network.host_ipv6";
  static final String TRUSTED = "com.docker.network.bridge.trusted_host_interfaces";

  /** Auxiliary addresses of these names are where default routes lead, instead of to the bridge. */
  static final String ROUTER_4 = "DefaultGatewayIPv4";

  static final String ROUTER_6 = "DefaultGatewayIPv6";

  private BridgeOptions() {}

  static boolean isBridge(Network network) {
    return network.driver().equals("bridge");
  }

  static boolean isDefault(Network network) {
    return network.options().containsKey(DEFAULT);
  }

  /** Docker resolves names in networks that users made, not in the default one. */
  static boolean isUserDefined(Network network) {
    return isBridge(network) && !isDefault(network);
  }

  static Bridge bridge(Network network) {
    var options = network.options();
    return new Bridge(
        name(network),
        pools(network).stream().map(BridgeOptions::gateway).toList(),
        addressed(network),
        OptionCheck.mtu(options),
        new Traffic(
            network.internal(),
            OptionCheck.isOn(options, MASQUERADE, true),
            OptionCheck.isOn(options, ICC, true),
            inMode(network, "nat-unprotected"),
            inMode(network, "routed"),
            Stream.of(HOST_4, HOST_6)
                .map(option -> options.getOrDefault(option, ""))
                .filter(text -> !text.isEmpty())
                .map(Ip::parse)
                .toList(),
            trusted(network)));
  }

  /** True where published ports are reached at the container's own address. */
  static boolean isRouted(Network network, Family family) {
    return inMode(network, "routed").contains(family);
  }

  private static EnumSet<Family> inMode(Network network, String mode) {
    var families = EnumSet.noneOf(Family.class);
    for (Family family : Family.values()) {
      String option = family == Family.V6 ? GATEWAY_MODE_6 : GATEWAY_MODE_4;
      if (network.options().getOrDefault(option, "").equals(mode)) {
        families.add(family);
      }
    }
    return families;
  }

  /** As Docker separates them, with colons. */
  static List<String> trusted(Network network) {
    return Arrays.stream(network.options().getOrDefault(TRUSTED, "").split(":"))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static List<Family> addressed(Network network) {
    var families = EnumSet.complementOf(inMode(network, "isolated"));
    if (OptionCheck.isOn(network.options(), INHIBIT, false)) {
      families.remove(Family.V4);
    }
    return List.copyOf(families);
  }

  static String name(Network network) {
    return network.options().getOrDefault(NAME, "br-" + network.id().substring(0, 12));
  }

  /** The pools of the families that it has; others are only shown. */
  static List<Pool> pools(Network network) {
    return network.pools().stream()
        .filter(pool -> subnet(pool).six() ? network.ipv6() : !network.withoutIpv4())
        .toList();
  }

  static List<Subnet> subnets(Network network) {
    return pools(network).stream().map(BridgeOptions::subnet).toList();
  }

  /** Where what has that address finds the way out; "" on a network that leads nowhere. */
  static String gateway(Network network, Ip address) {
    return pools(network).stream()
        .filter(pool -> !network.internal() && subnet(pool).contains(address))
        .map(pool ->
            pool.auxiliary().getOrDefault(address.six() ? ROUTER_6 : ROUTER_4, pool.gateway()))
        .findFirst()
        .orElse("");
  }

  static Leases leases(Network network, Duration rest, InstantSource clock) {
    return new Leases(
        "%s (%s)".formatted(network.name(), network.id()),
        pools(network).stream().map(pool -> leases(pool, rest)).toList(),
        clock);
  }

  private static PoolLeases leases(Pool pool, Duration rest) {
    Subnet subnet = subnet(pool);
    var reserved = new HashSet<Ip>();
    reserved.add(Ip.parse(pool.gateway()));
    pool.auxiliary().values().forEach(address -> reserved.add(Ip.parse(address)));
    Subnet range = pool.range().isEmpty() ? subnet : Subnet.parse(pool.range());
    return new PoolLeases(subnet, range, reserved, rest);
  }

  private static Subnet subnet(Pool pool) {
    return Subnet.parse(pool.subnet());
  }

  private static Subnet gateway(Pool pool) {
    return subnet(pool).with(Ip.parse(pool.gateway()));
  }

  /** What the n-th interface of a container is called by default, without its number. */
  static String interfacePrefix(Network network) {
    return network.options().getOrDefault(PREFIX, "eth");
  }
}
