package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import argosy.engine.network.NetworkRequest.Create;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Turns what was asked for into a network, or refuses it with Docker's text. Pure. */
final class NetworkDraft {
  private NetworkDraft() {}

  /**
   * {@code networks}: subnets of our own, which no other may overlap; {@code routes}: the host's,
   * which are avoided when we choose.
   */
  static Network of(
      Create wanted,
      Collection<Cidr> networks,
      Collection<Cidr> routes,
      Instant now,
      RandomGenerator chance) {
    checkDriver(wanted.driver());
    if (wanted.ipv6()) {
      throw refused(new Failure.NotImplemented("Argosy does not build IPv6 networks yet"));
    }
    BridgeOptions.check(wanted.options());
    var taken = new java.util.ArrayList<>(networks);
    taken.addAll(routes);
    return new Network(
        id(chance),
        wanted.name(),
        "bridge",
        now,
        wanted.internal(),
        wanted.attachable(),
        false,
        List.of(pool(wanted.pools(), networks, taken)),
        wanted.options(),
        wanted.labels(),
        Map.of());
  }

  /** The default bridge. {@code address}: its own, with its network's length. */
  static Network defaultBridge(String bridge, Cidr address, Instant now, RandomGenerator chance) {
    return new Network(
        id(chance),
        "bridge",
        "bridge",
        now,
        false,
        false,
        false,
        List.of(new Pool(address.network().toString(), "", Cidr.text(address.address()), Map.of())),
        Map.of(
            BridgeOptions.DEFAULT, "true",
            BridgeOptions.ICC, "true",
            BridgeOptions.MASQUERADE, "true",
            BridgeOptions.HOST_BINDING, "0.0.0.0",
            BridgeOptions.NAME, bridge,
            BridgeOptions.MTU, "1500"),
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

  private static Pool pool(List<Pool> asked, Collection<Cidr> networks, Collection<Cidr> taken) {
    if (asked.size() > 1) {
      throw refused(
          new Failure.NotImplemented("Argosy builds networks of one subnet, not of several, yet"));
    }
    Pool pool = asked.isEmpty() ? new Pool("", "", "", Map.of()) : asked.getFirst();
    Cidr subnet =
        pool.subnet().isEmpty() ? AddressPools.choose(taken) : subnet(pool.subnet(), networks);
    if (!pool.range().isEmpty() && !subnet.contains(cidr("ip-range", pool.range()))) {
      throw refused(new Failure.Invalid("no matching subnet for range " + pool.range()));
    }
    int gateway =
        pool.gateway().isEmpty() ? subnet.first() + 1 : inside(subnet, "gateway", pool.gateway());
    pool.auxiliary().values().forEach(address -> inside(subnet, "aux-address", address));
    return new Pool(
        subnet.network().toString(), pool.range(), Cidr.text(gateway), pool.auxiliary());
  }

  private static Cidr subnet(String text, Collection<Cidr> networks) {
    Cidr subnet = cidr("subnet", text);
    if (subnet.length() > 30 || subnet.length() < 1) {
      throw refused(
          new Failure.Invalid("invalid subnet " + text + ": it has no room for containers"));
    }
    if (networks.stream().anyMatch(subnet::overlaps)) {
      throw refused(
          new Failure.Forbidden(
              "invalid pool request: Pool overlaps with other one on this address space"));
    }
    return subnet;
  }

  private static int inside(Cidr subnet, String what, String address) {
    try {
      int value = Cidr.address(address);
      if (subnet.contains(value)) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("invalid " + what + " address: " + address), e);
    }
    throw refused(new Failure.Invalid("no matching subnet for " + what + " " + address));
  }

  private static Cidr cidr(String what, String text) {
    if (text.contains(":")) {
      throw refused(new Failure.NotImplemented("Argosy does not build IPv6 networks yet"));
    }
    try {
      return Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          new Failure.Invalid("invalid " + what + " " + text + ": " + e.getMessage()), e);
    }
  }

  private static Refused refused(Failure failure) {
    return new Refused(failure);
  }
}
