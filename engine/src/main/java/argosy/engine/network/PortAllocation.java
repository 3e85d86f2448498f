package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Forward;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Wiring.PortRange;
import argosy.engine.network.Sandbox.Published;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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

  /** {@code address}: of the host, or any. */
  record Place(String protocol, Ip address, int port) {
    static Place of(Published published) {
      return new Place(
          published.port().protocol(), Ip.parse(published.hostIp()), published.hostPort());
    }

    static Place of(Forward forward) {
      return new Place(forward.protocol(), forward.hostAddress(), forward.hostPort());
    }

    private boolean clashes(Place other) {
      return protocol.equals(other.protocol)
          && port == other.port
          && address.six() == other.address.six()
          && (address.isAny() || other.address.isAny() || address.equals(other.address));
    }
  }

  /**
   * Takes a place for {@code wanted}, which is a port, a range {@code 8000-8010}, or "" for any: at
   * each of these addresses the same port. {@code avoid} are those that turned out to be somebody
   * else's, {@code yielding} are taken, but their owner gives them up for this. Refuses with
   * Docker's text.
   */
  List<Place> take(
      String protocol,
      List<Ip> addresses,
      String wanted,
      Collection<Place> avoid,
      Set<Place> yielding) {
    boolean any = wanted.isEmpty() || wanted.equals("0");
    PortRange range = any ? ephemeral : range(wanted);
    int start = any ? next : range.first();
    int count = range.last() - range.first() + 1;
    for (int step = 0; step < count; step++) {
      int port = range.first() + (start - range.first() + step) % count;
      var places = addresses.stream().map(each -> new Place(protocol, each, port)).toList();
      if (places.stream().allMatch(each -> isFree(each, yielding) && !avoid.contains(each))) {
        taken.addAll(places);
        next = any ? following(port) : next;
        return places;
      }
    }
    throw refusal(range, addresses.getFirst());
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

  private static Refused refusal(PortRange range, Ip address) {
    return new Refused(
        new Failure.Internal(
            range.first() == range.last()
                ? "Bind for %s:%d failed: port is already allocated"
                    .formatted(text(address), range.first())
                : "Bind for %s failed: all ports from %d to %d are already allocated"
                    .formatted(text(address), range.first(), range.last())));
  }

  private static String text(Ip address) {
    return address.six() ? "[" + address + "]" : address.toString();
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
