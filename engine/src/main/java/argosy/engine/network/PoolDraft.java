package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.NetworkRequest.Pool;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns the pools that were asked for into those that a network has: a subnet for each family,
 * gateways, nothing that overlaps. Refuses with Docker's text. Pure.
 *
 * @param networks subnets of our own, which no other may overlap
 * @param routes the host's, which are avoided when we choose
 */
record PoolDraft(AddressPools defaults, Collection<Subnet> networks, Collection<Subnet> routes) {

  /** Pools of a family that is switched off are kept as they were given and not looked at. */
  List<Pool> of(List<Pool> asked, boolean four, boolean six) {
    var drafts = new ArrayList<Pool>();
    var own = new ArrayList<Subnet>();
    for (Pool pool : asked) {
      boolean v6 = isSix(pool);
      drafts.add((v6 ? six : four) ? pool(pool, v6, own) : pool);
    }
    if (four && asked.stream().allMatch(PoolDraft::isSix)) {
      drafts.addFirst(pool(new Pool("", "", "", Map.of()), false, own));
    }
    if (six && asked.stream().noneMatch(PoolDraft::isSix)) {
      drafts.add(pool(new Pool("", "", "", Map.of()), true, own));
    }
    return List.copyOf(drafts);
  }

  /** Told from whatever of it is given. */
  private static boolean isSix(Pool pool) {
    return pool.subnet().contains(":")
        || pool.subnet().isEmpty() && (pool.gateway() + pool.range()).contains(":");
  }

  private Pool pool(Pool pool, boolean six, List<Subnet> own) {
    var taken = new ArrayList<>(networks);
    taken.addAll(own);
    Subnet subnet = pool.subnet().isEmpty() ? choose(six, taken) : given(pool.subnet(), taken);
    own.add(subnet);
    Subnet range = pool.range().isEmpty() ? subnet : range(subnet, pool.range());
    var auxiliary = auxiliary(subnet, pool.auxiliary());
    Ip gateway =
        pool.gateway().isEmpty()
            ? gateway(subnet, range, auxiliary)
            : gateway(subnet, pool.gateway());
    pool.auxiliary()
        .forEach((name, address) -> {
          if (gateway.equals(Ip.parse(address))) {
            throw inUse("failed to allocate secondary ip address (%s:%s)".formatted(name, address));
          }
        });
    return new Pool(
        subnet.toString(),
        pool.range().isEmpty() ? "" : range.network().toString(),
        gateway.toString(),
        pool.auxiliary());
  }

  private Subnet choose(boolean six, List<Subnet> taken) {
    var all = new ArrayList<>(taken);
    all.addAll(routes);
    return defaults.choose(six, all);
  }

  private static Subnet given(String text, List<Subnet> taken) {
    Subnet subnet = cidr("subnet", text).network();
    if (taken.stream().anyMatch(subnet::overlaps)) {
      throw new Refused(
          new Failure.Forbidden(
              "invalid pool request: Pool overlaps with other one on this address space"));
    }
    return subnet;
  }

  private static Subnet range(Subnet subnet, String text) {
    Subnet range = cidr("ip-range", text);
    if (!subnet.contains(range)) {
      throw invalid("no matching subnet for range " + text);
    }
    return range;
  }

  private static Set<Ip> auxiliary(Subnet subnet, Map<String, String> asked) {
    var addresses = new HashSet<Ip>();
    asked.forEach((name, text) -> {
      if (!addresses.add(inside(subnet, "aux-address", text))) {
        throw inUse("failed to allocate secondary ip address (%s:%s)".formatted(name, text));
      }
    });
    return addresses;
  }

  private static Ip gateway(Subnet subnet, String text) {
    Ip gateway = inside(subnet, "gateway", text);
    boolean unusable =
        !subnet.six()
            && subnet.length() < 31
            && (gateway.equals(subnet.first()) || gateway.equals(subnet.last()));
    if (unusable) {
      throw inUse("failed to allocate gateway (" + text + ")");
    }
    return gateway;
  }

  /** The first usable address where addresses are chosen, as Docker takes it. */
  private static Ip gateway(Subnet subnet, Subnet range, Set<Ip> auxiliary) {
    BigInteger end = range.last().value();
    BigInteger at = range.first().value();
    for (; at.compareTo(end) <= 0; at = at.add(BigInteger.ONE)) {
      var address = new Ip(subnet.six(), at);
      boolean unusable =
          address.equals(subnet.first()) || !subnet.six() && address.equals(subnet.last());
      if (!unusable && !auxiliary.contains(address)) {
        return address;
      }
    }
    throw new Refused(
        new Failure.Forbidden(
            "failed to allocate gateway (): No available addresses on this pool"));
  }

  private static Ip inside(Subnet subnet, String what, String text) {
    try {
      Ip address = Ip.parse(text);
      if (subnet.contains(address)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("invalid " + what + " address: " + text), e);
    }
    throw invalid("no matching subnet for " + what + " " + text);
  }

  private static Subnet cidr(String what, String text) {
    try {
      return Subnet.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          new Failure.Invalid("invalid " + what + " " + text + ": " + e.getMessage()), e);
    }
  }

  private static Refused inUse(String what) {
    return new Refused(new Failure.Forbidden(what + ": Address already in use"));
  }

  private static Refused invalid(String text) {
    return new Refused(new Failure.Invalid(text));
  }
}
