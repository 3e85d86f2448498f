package argosy.engine.runtime;

import argosy.engine.linux.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The open connections of each container. */
final class Consoles {
  private final Poller poller;
  private final Duration patience;

  /** For the poller's thread only. */
  private final Map<String, Set<ConsoleConnection>> open = new HashMap<>();

  Consoles(Poller poller, Duration patience) {
    this.poller = poller;
    this.patience = patience;
  }

  /** Takes a connected socket over and begins to read it. */
  ConsoleConnection open(String id, int fd, Console.Listener listener) {
    ConsoleConnection connection = make(id, fd, listener);
    poller.execute(() -> {
      open.computeIfAbsent(id, _ -> new HashSet<>()).add(connection);
      connection.begin();
    });
    return connection;
  }

  /** A connection that whoever asked for it begins and drains; an exec has its own end. */
  ConsoleConnection make(String id, int fd, Console.Listener listener) {
    var self = new ConsoleConnection[1];
    self[0] = new ConsoleConnection(poller, fd, listener, patience, () -> forget(id, self[0]));
    return self[0];
  }

  /** Hands out all output that has come. On the poller's thread. */
  void drain(String id) {
    of(id).forEach(ConsoleConnection::drain);
  }

  void close(String id) {
    poller.execute(() -> of(id).forEach(ConsoleConnection::drain));
  }

  private List<ConsoleConnection> of(String id) {
    return new ArrayList<>(open.getOrDefault(id, Set.of()));
  }

  private void forget(String id, ConsoleConnection connection) {
    Set<ConsoleConnection> all = open.get(id);
    if (all != null && all.remove(connection) && all.isEmpty()) {
      open.remove(id);
    }
  }
}
