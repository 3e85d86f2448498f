package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import argosy.engine.netlink.Wiring.PortRange;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which of the host's ports are published. Decides, holds nothing; not for more than one thread.
 */
final class PortAllocation {
  private final PortRange ephemeral;
  private final Set<Place> taken = new HashSet<>();
  private int next;

  /** {@code ephemeral}: where ports come from when nobody says which. */
  PortAllocation(PortRange ephemeral) {
    this.ephemeral = ephemeral;
    this.next = ephemeral.first();
  }

  /** {@code address} 0: all of the host's. */
  record Place(String protocol, int address, int port) {
    private boolean clashes(Place other) {
      return protocol.equals(other.protocol)
          && port == other.port
          && (address == 0 || other.address == 0 || address == other.address);
    }

    @Override
    public String toString() {
      return Cidr.text(address) + ":" + port;
    }
  }

  /**
   * Takes a place for {@code wanted}, which is a port, a range {@code 8000-8010}, or "" for any;
   * {@code avoid} are those that turned out to be somebody else's. Refuses with Docker's text.
   */
  Place take(String protocol, int address, String wanted, Collection<Place> avoid) {
    return take(protocol, address, wanted, avoid, Set.of());
  }

  /** The same; {@code yielding} are taken, but their owner gives them up for this one. */
  Place take(
      String protocol, int address, String wanted, Collection<Place> avoid, Set<Place> yielding) {
    boolean any = wanted.isEmpty() || wanted.equals("0");
    PortRange range = any ? ephemeral : range(wanted);
    int start = any ? next : range.first();
    int count = range.last() - range.first() + 1;
    for (int step = 0; step < count; step++) {
      int port = range.first() + (start - range.first() + step) % count;
      var place = new Place(protocol, address, port);
      if (isFree(place, yielding) && !avoid.contains(place)) {
        taken.add(place);
        next = any ? following(port) : next;
        return place;
      }
    }
    throw refusal(range, address);
  }

  /** What runs already has it, whoever else has it too. */
  void adopt(Place place) {
    taken.add(place);
  }

  /** Idempotent. */
  void release(Place place) {
    taken.remove(place);
  }

  /** True when another port would do as well. */
  static boolean flexible(String wanted) {
    return wanted.isEmpty() || wanted.equals("0") || wanted.contains("-");
  }

  private boolean isFree(Place place, Set<Place> yielding) {
    return taken.stream().noneMatch(other -> place.clashes(other) && !yielding.contains(other));
  }

  private int following(int port) {
    return port >= ephemeral.last() ? ephemeral.first() : port + 1;
  }

  private static Refused refusal(PortRange range, int address) {
    return new Refused(
        new Failure.Internal(
            range.first() == range.last()
                ? "Bind for %s:%d failed: port is already allocated"
                    .formatted(Cidr.text(address), range.first())
                : "Bind for %s failed: all ports from %d to %d are already allocated"
                    .formatted(Cidr.text(address), range.first(), range.last())));
  }

  private static PortRange range(String wanted) {
    try {
      int dash = wanted.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? wanted : wanted.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(wanted.substring(dash + 1));
      if (first >= 1 && first <= last && last <= 65535) {
        return new PortRange(first, last);
      }
    } catch (NumberFormatException e) {
      throw new Refused(new Failure.Invalid("invalid port: " + wanted), e);
    }
    throw new Refused(new Failure.Invalid("invalid port: " + wanted));
  }
}
