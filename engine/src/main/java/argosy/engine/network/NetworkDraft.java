package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.network.NetworkRequest.Create;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Turns what was asked for into a network, or refuses it with Docker's text. Pure. */
final class NetworkDraft {
  private NetworkDraft() {}

  static Network of(Create wanted, PoolDraft pools, Instant now, RandomGenerator chance) {
    if (wanted.configOnly()) {
      return template(wanted, now, chance);
    }
    checkDriver(wanted.driver());
    if (wanted.withoutIpv4() && !wanted.ipv6()) {
      throw refused(new Failure.Invalid("IPv4 or IPv6 must be enabled"));
    }
    OptionCheck.check(wanted.options(), wanted.internal());
    return new Network(
        id(chance),
        wanted.name(),
        "bridge",
        now,
        wanted.internal(),
        wanted.attachable(),
        wanted.withoutIpv4(),
        wanted.ipv6(),
        pools.of(wanted.pools(), !wanted.withoutIpv4(), wanted.ipv6()),
        wanted.ipamOptions(),
        wanted.options(),
        wanted.labels(),
        false,
        wanted.configFrom(),
        Map.of());
  }

  /** Nobody can be in it; its options are read when another network is made from it. */
  private static Network template(Create wanted, Instant now, RandomGenerator chance) {
    if (wanted.internal() || wanted.attachable()) {
      throw refused(
          new Failure.Forbidden(
              "configuration network can only contain network specific fields. Network operator"
                  + " fields like [ ingress | internal | attachable | scope ] are not supported."));
    }
    if (!wanted.configFrom().isEmpty()) {
      throw refused(
          new Failure.Forbidden(
              "a configuration network cannot depend on another configuration network"));
    }
    return new Network(
        id(chance),
        wanted.name(),
        "null",
        now,
        false,
        false,
        wanted.withoutIpv4(),
        wanted.ipv6(),
        wanted.pools(),
        wanted.ipamOptions(),
        wanted.options(),
        wanted.labels(),
        true,
        "",
        Map.of());
  }

  /** What is asked for with the settings of the template that it names. */
  static Create from(Create wanted, Network template) {
    if (!template.configOnly()) {
      throw refused(
          new Failure.Forbidden(
              "network \"" + template.name() + "\" is not a configuration network"));
    }
    if (!wanted.pools().isEmpty() || !wanted.options().isEmpty() || wanted.ipv6()) {
      throw refused(
          new Failure.Forbidden(
              "user specified configurations are not supported if the network depends on a"
                  + " configuration network"));
    }
    var labels = new HashMap<>(template.labels());
    labels.putAll(wanted.labels());
    return new Create(
        wanted.name(),
        wanted.driver(),
        wanted.internal(),
        wanted.attachable(),
        template.withoutIpv4(),
        template.ipv6(),
        template.pools(),
        template.ipamOptions(),
        template.options(),
        Map.copyOf(labels),
        false,
        template.name());
  }

  /** What is asked for with the options that a driver's networks have unless somebody says more. */
  static Create with(Create wanted, Map<String, Map<String, String>> defaults) {
    if (wanted.configOnly()) {
      return wanted;
    }
    String driver = Set.of("", "default").contains(wanted.driver()) ? "bridge" : wanted.driver();
    var options = new HashMap<>(defaults.getOrDefault(driver, Map.of()));
    options.putAll(wanted.options());
    return wanted.with(
        options,
        wanted.withoutIpv4() || !OptionCheck.isOn(options, BridgeOptions.ENABLE_4, true),
        wanted.ipv6() || OptionCheck.isOn(options, BridgeOptions.ENABLE_6, false));
  }

  /** The default bridge. {@code pools}: with its own addresses as gateways. */
  static Network defaultBridge(
      String bridge, NetworkConfig config, List<Pool> pools, Instant now, RandomGenerator chance) {
    var options =
        Map.of(
            BridgeOptions.DEFAULT, "true",
            BridgeOptions.ICC, Boolean.toString(config.icc()),
            BridgeOptions.MASQUERADE, Boolean.toString(config.masquerade()),
            BridgeOptions.HOST_BINDING, config.hostBinding(),
            BridgeOptions.NAME, bridge,
            BridgeOptions.MTU, Integer.toString(config.mtu()));
    OptionCheck.check(options, false);
    return new Network(
        id(chance),
        "bridge",
        "bridge",
        now,
        false,
        false,
        config.ipv6(),
        pools,
        options,
        Map.of(),
        Map.of());
  }

  /** {@code host} and {@code none}. */
  static Network plain(String name, String driver, Instant now, RandomGenerator chance) {
    return new Network(
        id(chance),
        name,
        driver,
        now,
        false,
        false,
        false,
        List.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** 64 hex digits, as every id. */
  static String id(RandomGenerator chance) {
    byte[] bytes = new byte[32];
    chance.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void checkDriver(String driver) {
    switch (driver) {
      case "", "default", "bridge" -> {}
      case "host", "null" ->
          throw refused(
              new Failure.Forbidden("only one instance of \"" + driver + "\" network is allowed"));
      case "overlay", "macvlan", "ipvlan" ->
          throw refused(
              new Failure.NotImplemented(
                  "Argosy does not have the network driver \"" + driver + "\" yet"));
      default -> throw refused(new Failure.NotFound("plugin \"" + driver + "\" not found"));
    }
  }

  private static Refused refused(Failure failure) {
    return new Refused(failure);
  }
}
