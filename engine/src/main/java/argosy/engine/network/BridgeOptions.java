package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Bridge;
import argosy.engine.netlink.Cidr;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a network of the bridge driver is to the kernel, read from Docker's option names. Pure. */
final class BridgeOptions {
  static final String NAME = "com.docker.network.bridge.name";
  static final String ICC = "com.docker.network.bridge.enable_icc";
  static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  static final String HOST_BINDING = "com.docker.network.bridge.host_binding_ipv4";
  static final String DEFAULT = "com.docker.network.bridge.default_bridge";
  static final String MTU = "com.docker.network.driver.mtu";

  /** The kernel's limit on an interface's name, without its closing zero. */
  private static final int LONGEST_NAME = 15;

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
        subnet(network).with(gateway(network)),
        mtu(options),
        network.internal(),
        isOn(options, MASQUERADE),
        isOn(options, ICC));
  }

  static String name(Network network) {
    return network.options().getOrDefault(NAME, "br-" + network.id().substring(0, 12));
  }

  static Cidr subnet(Network network) {
    return Cidr.parse(network.pools().getFirst().subnet());
  }

  static int gateway(Network network) {
    return Cidr.address(network.pools().getFirst().gateway());
  }

  static Leases leases(Network network) {
    Pool pool = network.pools().getFirst();
    Cidr subnet = Cidr.parse(pool.subnet());
    Set<Integer> reserved = new HashSet<>();
    reserved.add(Cidr.address(pool.gateway()));
    pool.auxiliary().values().forEach(address -> reserved.add(Cidr.address(address)));
    return new Leases(subnet, pool.range().isEmpty() ? subnet : Cidr.parse(pool.range()), reserved);
  }

  static int mtu(Map<String, String> options) {
    String mtu = options.getOrDefault(MTU, "1500");
    try {
      return Integer.parseInt(mtu);
    } catch (NumberFormatException e) {
      throw new Refused(new Failure.Invalid("invalid value for " + MTU + ": " + mtu), e);
    }
  }

  /** Refuses what the kernel could not do. */
  static void check(Map<String, String> options) {
    mtu(options);
    for (String option : new String[] {ICC, MASQUERADE}) {
      isOn(options, option);
    }
    String name = options.getOrDefault(NAME, "x");
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.matches(".*[/\\s:].*")) {
      throw new Refused(new Failure.Invalid("invalid bridge name: \"" + name + "\""));
    }
  }

  private static boolean isOn(Map<String, String> options, String option) {
    return switch (options.getOrDefault(option, "true")) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new Refused(
              new Failure.Invalid("invalid value for " + option + ": " + options.get(option)));
    };
  }
}
