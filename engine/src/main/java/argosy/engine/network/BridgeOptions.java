package argosy.engine.network;

import argosy.engine.netlink.Bridge;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

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
        network.internal(),
        OptionCheck.isOn(options, MASQUERADE, true),
        OptionCheck.isOn(options, ICC, true));
  }

  private static List<Bridge.Family> addressed(Network network) {
    var options = network.options();
    var families = new ArrayList<Bridge.Family>();
    if (!OptionCheck.isOn(options, INHIBIT, false)
        && !options.getOrDefault(GATEWAY_MODE_4, "").equals("isolated")) {
      families.add(Bridge.Family.V4);
    }
    if (!options.getOrDefault(GATEWAY_MODE_6, "").equals("isolated")) {
      families.add(Bridge.Family.V6);
    }
    return families;
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

  /** The gateway of the pool that an address is of; "" on a network that leads nowhere. */
  static String gateway(Network network, Ip address) {
    return pools(network).stream()
        .filter(pool -> !network.internal() && subnet(pool).contains(address))
        .map(Pool::gateway)
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
