package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.NetworkConfig.SplitPool;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where networks get their addresses when nobody says: the operator's pools, else Docker's. Pure.
 */
record AddressPools(List<SplitPool> four, List<SplitPool> six) {
  private static final List<SplitPool> DEFAULTS = defaults();

  /** A unique local prefix (RFC 4193) has a site's 40 random bits; each network gets a /64. */
  private static final int SITE_DIGITS = 10;

  /**
   * {@code site}: at least ten random hexadecimal digits that this host keeps, of which IPv6
   * networks are made when the operator names no pool for them.
   */
  static AddressPools of(List<SplitPool> pools, String site) {
    var four = pools.stream().filter(pool -> !pool.base().six()).toList();
    var six = pools.stream().filter(pool -> pool.base().six()).toList();
    return new AddressPools(
        four.isEmpty() ? DEFAULTS : four, six.isEmpty() ? List.of(local(site)) : six);
  }

  private static SplitPool local(String site) {
    var prefix = new BigInteger("fd" + site.substring(0, SITE_DIGITS), 16).shiftLeft(80);
    return new SplitPool(new Subnet(new Ip(true, prefix), 48), 64);
  }

  /** The first network that overlaps nothing taken, networks of ours and routes of the host. */
  Subnet choose(boolean v6, Collection<Subnet> taken) {
    return (v6 ? six : four)
        .stream()
            .flatMap(pool -> free(pool, taken).stream())
            .findFirst()
            .orElseThrow(() -> new Refused(new Failure.Internal(exhausted(v6))));
  }

  private static String exhausted(boolean v6) {
    return v6
        ? "could not find an available, non-overlapping IPv6 address pool among the defaults to"
            + " assign to the network"
        : "all predefined address pools have been fully subnetted";
  }

  /** Goes on behind whatever lies in the way, so that a large pool is no long search. */
  private static Optional<Subnet> free(SplitPool pool, Collection<Subnet> taken) {
    Subnet next = new Subnet(pool.base().first(), pool.size());
    while (pool.base().contains(next)) {
      Subnet candidate = next;
      Optional<Subnet> obstacle = taken.stream().filter(candidate::overlaps).findFirst();
      if (obstacle.isEmpty()) {
        return Optional.of(candidate);
      }
      Optional<Subnet> after = after(obstacle.get(), candidate);
      if (after.isEmpty()) {
        return Optional.empty();
      }
      next = after.get();
    }
    return Optional.empty();
  }

  /** The first network of the candidate's size behind both; none at the end of all addresses. */
  private static Optional<Subnet> after(Subnet obstacle, Subnet candidate) {
    Ip last = obstacle.last().compareTo(candidate.last()) > 0 ? obstacle.last() : candidate.last();
    BigInteger behind = last.value().add(BigInteger.ONE);
    return behind.bitLength() > last.bits()
        ? Optional.empty()
        : Optional.of(new Subnet(new Ip(last.six(), behind), candidate.length()));
  }

  /** 172.17.0.0/16 to 172.31.0.0/16, then 192.168.0.0/20 to 192.168.240.0/20. */
  private static List<SplitPool> defaults() {
    var pools = new ArrayList<SplitPool>();
    for (int second = 17; second <= 31; second++) {
      pools.add(new SplitPool(Subnet.parse("172." + second + ".0.0/16"), 16));
    }
    pools.add(new SplitPool(Subnet.parse("192.168.0.0/16"), 20));
    return List.copyOf(pools);
  }
}
