package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has which address of one pool. The lowest free one is given, as dockerd does, so a lone
 * container is where people expect it. But one that came back rests first: clients that still
 * remember it (answers of the name service, connections kept open) would meet a stranger there.
 * Whoever had it gets it again at once, so a container that is restarted stays where it was; and
 * rather than to refuse, what rests longest is given. Not for more than one thread.
 */
final class PoolLeases {
  private final Subnet subnet;
  private final Subnet range;
  private final Set<Ip> reserved;
  private final Duration rest;
  private final Map<Ip, String> owners = new HashMap<>();
  private final Map<Ip, Resting> resting = new LinkedHashMap<>();

  private record Resting(String container, Instant until) {}

  /**
   * {@code range}: where addresses are chosen, within the subnet; {@code reserved}: never given,
   * the gateway for one.
   */
  PoolLeases(Subnet subnet, Subnet range, Set<Ip> reserved, Duration rest) {
    this.subnet = subnet.network();
    this.range = range.network();
    this.reserved = Set.copyOf(reserved);
    this.rest = rest;
  }

  boolean contains(Ip address) {
    return subnet.contains(address);
  }

  boolean six() {
    return subnet.six();
  }

  int length() {
    return subnet.length();
  }

  /** How an address is found, in this order. */
  enum Way {
    /** It is the container's former one. */
    AGAIN,
    /** It is the lowest that is free. */
    FREE,
    /** It rests longest. */
    RESTED
  }

  /** An address for the container's endpoint, or nothing when none is found that way. */
  Optional<Ip> take(Way way, String endpoint, String container, Instant now) {
    resting.values().removeIf(each -> !each.until().isAfter(now));
    Optional<Ip> chosen =
        switch (way) {
          case AGAIN -> former(container);
          case FREE -> lowest();
          case RESTED -> longestResting();
        };
    chosen.ifPresent(address -> give(endpoint, address));
    return chosen;
  }

  /** That very address; an endpoint that has it already keeps it. Refuses with Docker's text. */
  void take(String endpoint, Ip address) {
    if (isReserved(address) || !endpoint.equals(owners.getOrDefault(address, endpoint))) {
      throw new Refused(new Failure.Forbidden("Address already in use"));
    }
    give(endpoint, address);
  }

  /** Idempotent; takes nothing from anybody else. */
  void release(String endpoint, String container, Ip address, Instant now) {
    if (owners.remove(address, endpoint) && !rest.isZero()) {
      resting.put(address, new Resting(container, now.plus(rest)));
    }
  }

  /** As {@link #release} of an address that nobody has used. */
  void forgo(String endpoint, Ip address) {
    owners.remove(address, endpoint);
  }

  private void give(String endpoint, Ip address) {
    owners.put(address, endpoint);
    resting.remove(address);
  }

  private Optional<Ip> former(String container) {
    return resting.entrySet().stream()
        .filter(each -> each.getValue().container().equals(container))
        .map(Map.Entry::getKey)
        .filter(range::contains)
        .findFirst();
  }

  private Optional<Ip> lowest() {
    BigInteger end = range.last().value();
    for (BigInteger at = range.first().value();
        at.compareTo(end) <= 0;
        at = at.add(BigInteger.ONE)) {
      var address = new Ip(range.six(), at);
      if (!owners.containsKey(address) && !resting.containsKey(address) && !isReserved(address)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private Optional<Ip> longestResting() {
    return resting.keySet().stream().filter(range::contains).findFirst();
  }

  /** An IPv6 network's first address means every router on it (RFC 4291, 2.6.1). */
  private boolean isReserved(Ip address) {
    return reserved.contains(address)
        || address.equals(subnet.first())
        || !subnet.six() && address.equals(subnet.last());
  }
}
