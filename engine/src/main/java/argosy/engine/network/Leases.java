package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.PoolLeases.Way;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Who has which addresses of a network, in all its pools. Not for more than one thread. */
final class Leases {
  private final String network;
  private final List<PoolLeases> pools;
  private final InstantSource clock;

  /** {@code network}: its name and id, as a refusal says them. */
  Leases(String network, List<PoolLeases> pools, InstantSource clock) {
    this.network = network;
    this.pools = List.copyOf(pools);
    this.clock = clock;
  }

  /** True when it has addresses of that family. */
  boolean has(boolean six) {
    return pools.stream().anyMatch(pool -> pool.six() == six);
  }

  /**
   * An address of the family, with its network's length: the one that the container had until now,
   * else the first that is free, pool by pool, else one that rests; refuses with Docker's text when
   * all are given.
   */
  Subnet take(String endpoint, String container, boolean six) {
    Instant now = clock.instant();
    for (Way way : Way.values()) {
      for (PoolLeases pool : pools) {
        var address =
            pool.six() == six ? pool.take(way, endpoint, container, now) : Optional.<Ip>empty();
        if (address.isPresent()) {
          return new Subnet(address.get(), pool.length());
        }
      }
    }
    throw new Refused(
        new Failure.Internal(
            "no available IPv%d addresses on this network's address pools: %s"
                .formatted(six ? 6 : 4, network)));
  }

  /** That very address; an endpoint that has it already keeps it. Refuses with Docker's text. */
  Subnet take(String endpoint, Ip address) {
    for (PoolLeases pool : pools) {
      if (pool.contains(address)) {
        pool.take(endpoint, address);
        return new Subnet(address, pool.length());
      }
    }
    throw new Refused(
        new Failure.Invalid(
            "invalid address "
                + address
                + ": It does not belong to any of this network's subnets"));
  }

  /** Idempotent; takes nothing from anybody else. */
  void release(String endpoint, String container, Ip address) {
    pools.stream()
        .filter(pool -> pool.contains(address))
        .forEach(pool -> pool.release(endpoint, container, address, clock.instant()));
  }

  /** As {@link #release} of an address that nobody has used. */
  void forgo(String endpoint, Ip address) {
    pools.forEach(pool -> pool.forgo(endpoint, address));
  }
}
