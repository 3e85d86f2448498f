package argosy.engine.network;

import argosy.engine.EngineConfig;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The default bridge as the configuration has it, with the addresses that it had before as far as
 * nothing speaks against them. Pure.
 *
 * @param taken subnets of other networks, and the host's routes
 * @param up true for the subnet of a bridge of ours that stands already, perhaps with containers
 */
record DefaultBridge(EngineConfig config, Collection<Subnet> taken, Predicate<Subnet> up) {

  Network of(Optional<Network> known, Instant now, RandomGenerator chance) {
    String site = known.map(Network::id).orElseGet(() -> NetworkDraft.id(chance));
    var defaults = AddressPools.of(config.network().pools(), site);
    var settings = config.network();
    var pools = new ArrayList<Pool>();
    Subnet four = address(false, config.bip(), settings.fixedCidr(), known, defaults);
    pools.add(
        pool(
            four,
            config.bip().isEmpty() ? "" : settings.fixedCidr(),
            router(four, BridgeOptions.ROUTER_4, settings.router())));
    if (settings.ipv6()) {
      Subnet six = address(true, settings.bip6(), settings.fixedCidrV6(), known, defaults);
      pools.add(
          pool(
              six,
              settings.bip6().isEmpty() ? "" : settings.fixedCidrV6(),
              router(six, BridgeOptions.ROUTER_6, settings.router6())));
    }
    Network wanted = NetworkDraft.defaultBridge(config.bridge(), settings, pools, now, chance);
    return known.map(wanted::as).orElse(wanted);
  }

  private static Pool pool(Subnet address, String range, Map<String, String> auxiliary) {
    return new Pool(address.network().toString(), range, address.address().toString(), auxiliary);
  }

  /** An address of the bridge's network that somebody else has. */
  private static Map<String, String> router(Subnet bridge, String name, String wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Ip router = EndpointOptions.address(wanted, bridge.six());
    if (!bridge.contains(router)) {
      throw new Refused(
          new Failure.Invalid(
              "the default bridge: the default gateway %s is not in %s"
                  .formatted(router, bridge.network())));
    }
    return router.equals(bridge.address()) ? Map.of() : Map.of(name, router.toString());
  }

  private Subnet address(
      boolean six, String own, String fixed, Optional<Network> known, AddressPools defaults) {
    if (!own.isEmpty()) {
      return read(own);
    }
    if (!fixed.isEmpty()) {
      Subnet subnet = read(fixed).network();
      return subnet.with(subnet.first().plus(1));
    }
    return known
        .flatMap(network -> former(network, six))
        .filter(old -> up.test(old.network()) || taken.stream().noneMatch(old::overlaps))
        .orElseGet(() -> {
          Subnet chosen = defaults.choose(six, taken);
          return chosen.with(chosen.first().plus(1));
        });
  }

  private static Optional<Subnet> former(Network network, boolean six) {
    return BridgeOptions.bridge(network).subnets().stream()
        .filter(subnet -> subnet.six() == six)
        .findFirst();
  }

  private static Subnet read(String text) {
    try {
      return Subnet.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("the default bridge: " + e.getMessage()), e);
    }
  }
}
