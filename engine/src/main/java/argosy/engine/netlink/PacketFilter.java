package argosy.engine.netlink;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our table in the kernel, and what should be in it. A table that somebody flushed is written anew
 * at the next change.
 */
final class PacketFilter {
  private static final Logger LOG = LoggerFactory.getLogger(PacketFilter.class);

  private final Nftables kernel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Forward> forwards = new LinkedHashSet<>();
  private List<Bridge> bridges = List.of();

  PacketFilter(Nftables kernel) {
    this.kernel = kernel;
  }

  /** Writes the whole table: these networks, these published ports, nothing else. */
  void replace(Collection<Bridge> newBridges, Collection<Forward> newForwards) {
    lock.lock();
    try {
      kernel.run(Ruleset.FORMER + whole(newBridges, newForwards));
      bridges = List.copyOf(newBridges);
      forwards.clear();
      forwards.addAll(newForwards);
    } finally {
      lock.unlock();
    }
  }

  /** Writes the table for these networks; the published ports stay. */
  void bridges(Collection<Bridge> newBridges) {
    lock.lock();
    try {
      kernel.run(whole(newBridges, forwards));
      bridges = List.copyOf(newBridges);
    } finally {
      lock.unlock();
    }
  }

  void publish(Collection<Forward> added) {
    exchange(List.of(), added);
  }

  /** Idempotent. */
  void withdraw(Collection<Forward> removed) {
    exchange(removed, List.of());
  }

  /** In one transaction: no packet finds neither. What is not there need not be withdrawn. */
  void exchange(Collection<Forward> removed, Collection<Forward> added) {
    lock.lock();
    try {
      var gone = removed.stream().filter(forwards::remove).toList();
      var closed = withoutStanding(openings(gone, bridges));
      var opened = withoutStanding(openings(added, bridges));
      var come = added.stream().filter(forwards::add).toList();
      try {
        change(
            Ruleset.delete(gone)
                + Ruleset.close(closed)
                + Ruleset.add(come)
                + Ruleset.open(opened));
      } catch (RuntimeException e) {
        come.forEach(forwards::remove);
        forwards.addAll(gone);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private static String whole(Collection<Bridge> bridges, Collection<Forward> forwards) {
    return Ruleset.whole(bridges, forwards, openings(forwards, bridges));
  }

  private static Set<Opening> openings(Collection<Forward> forwards, Collection<Bridge> bridges) {
    var trusting = bridges.stream().filter(each -> !each.traffic().trusted().isEmpty()).toList();
    return forwards.stream()
        .filter(each -> !each.isTranslated() || holds(trusting, each.address()))
        .map(Opening::of)
        .collect(Collectors.toSet());
  }

  private static boolean holds(List<Bridge> bridges, Ip container) {
    return bridges.stream()
        .flatMap(bridge -> bridge.subnets().stream())
        .anyMatch(subnet -> subnet.contains(container));
  }

  /** Several published ports may lead to one port of a container. */
  private Set<Opening> withoutStanding(Set<Opening> openings) {
    if (!openings.isEmpty()) {
      openings.removeAll(openings(forwards, bridges));
    }
    return openings;
  }

  private void change(String commands) {
    try {
      kernel.run(commands);
    } catch (IllegalStateException e) {
      LOG.warn(
          "the packet filter's table is not as we left it and is written anew: {}", e.getMessage());
      kernel.run(whole(bridges, forwards));
    }
  }
}
