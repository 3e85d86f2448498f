package argosy.cluster.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Container names that somebody is about to use, as one node remembers them. A claim ends when it
 * is released or when its time is over, so that a claimant that dies blocks nobody for long.
 */
record Claims(Map<String, Claim> held) {
  static final Duration LIFE = Duration.ofSeconds(30);
  static final Claims NONE = new Claims(Map.of());

  Claims {
    held = Map.copyOf(held);
  }

  record Claim(String by, Instant until) {}

  /** Whether {@code by} may have the name: nobody else holds it. */
  boolean free(String name, String by, Instant now) {
    Claim claim = held.get(name);
    return claim == null || claim.by().equals(by) || !now.isBefore(claim.until());
  }

  /** With the name held by {@code by}; what is over is forgotten. */
  Claims with(String name, String by, Instant now) {
    var next = new HashMap<>(held);
    next.values().removeIf(claim -> !now.isBefore(claim.until()));
    next.put(name, new Claim(by, now.plus(LIFE)));
    return new Claims(next);
  }

  /** Without the name, if it is {@code by}'s. */
  Claims without(String name, String by) {
    var next = new HashMap<>(held);
    next.computeIfPresent(name, (_, claim) -> claim.by().equals(by) ? null : claim);
    return new Claims(next);
  }
}
