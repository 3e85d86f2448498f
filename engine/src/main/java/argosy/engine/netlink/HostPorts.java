package argosy.engine.netlink;

import argosy.engine.linux.PortSocket;
import argosy.engine.linux.SystemCallFailed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's ports that are published, each held by a bound socket: so another program that wants
 * one is told, and so are we. Packets never reach these sockets, the packet filter is before them;
 * but for those to {@code ::1}, which it can not lead on: TCP's are refused since nobody listens,
 * UDP's since the socket is bound to a bridge, where nothing comes for it.
 */
final class HostPorts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostPorts.class);

  private final Map<Place, PortSocket> held = new ConcurrentHashMap<>();
  private final Supplier<Collection<Bridge>> bridges;

  HostPorts(Supplier<Collection<Bridge>> bridges) {
    this.bridges = bridges;
  }

  private record Place(String protocol, Ip address, int port) {
    static Place of(Forward forward) {
      return new Place(forward.protocol(), forward.hostAddress(), forward.hostPort());
    }
  }

  /** Holds all of them, or none and throws {@link PortTaken}. */
  void hold(Collection<Forward> forwards) {
    exchange(List.of(), forwards);
  }

  /**
   * Lets go of some and holds others, or leaves everything as it was and throws {@link PortTaken};
   * one that is among both is held all the while, wherever it leads.
   */
  void exchange(Collection<Forward> old, Collection<Forward> fresh) {
    var kept = places(fresh);
    var left = places(old);
    var gone = old.stream().filter(forward -> !kept.contains(Place.of(forward))).toList();
    release(gone);
    var taken = new ArrayList<Forward>();
    try {
      for (Forward forward : fresh) {
        if (forward.isTranslated() && !left.contains(Place.of(forward))) {
          hold(forward);
          taken.add(forward);
        }
      }
    } catch (RuntimeException e) {
      release(taken);
      keep(gone);
      throw e;
    }
  }

  private void hold(Forward forward) {
    var place = Place.of(forward);
    if (held.containsKey(place)) {
      throw new PortTaken(forward);
    }
    held.put(place, open(forward));
  }

  private static Set<Place> places(Collection<Forward> forwards) {
    return forwards.stream().map(Place::of).collect(Collectors.toSet());
  }

  /** What runs keeps its ports; one that somebody took meanwhile is logged. */
  private void keep(Collection<Forward> forwards) {
    for (Forward forward : forwards) {
      if (forward.isTranslated() && !held.containsKey(Place.of(forward))) {
        try {
          held.put(Place.of(forward), open(forward));
        } catch (PortTaken e) {
          LOG.warn("another program took a published port: {}", e.getMessage());
        }
      }
    }
  }

  /** Holds exactly these from now on; one that somebody took meanwhile is logged. */
  void replace(Collection<Forward> forwards) {
    var wanted = places(forwards);
    held.keySet().stream().filter(place -> !wanted.contains(place)).forEach(this::release);
    keep(forwards);
  }

  /** Idempotent. */
  void release(Collection<Forward> forwards) {
    forwards.stream().map(Place::of).forEach(this::release);
  }

  private void release(Place place) {
    PortSocket socket = held.remove(place);
    if (socket != null) {
      socket.close();
    }
  }

  @Override
  public void close() {
    Set.copyOf(held.keySet()).forEach(this::release);
  }

  private PortSocket open(Forward forward) {
    Ip address = forward.hostAddress();
    boolean hears = forward.protocol().equals("udp") && address.six() && address.isAny();
    String device = hears ? bridges.get().stream().findFirst().map(Bridge::name).orElse("") : "";
    try {
      return PortSocket.open(forward.protocol(), address.bytes(), forward.hostPort(), device);
    } catch (SystemCallFailed e) {
      throw new PortTaken(forward, e);
    }
  }
}
