package argosy.engine.runtime;

import argosy.engine.linux.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of each container. */
final class Consoles {
  private final Poller poller;
  private final Duration patience;

  /** For the poller's thread only. */
  private final Map<String, Set<ConsoleConnection>> open = new HashMap<>();

  /** Containers whose input ends with their first client, until that client has come. */
  private final Set<String> awaitFirst = ConcurrentHashMap.newKeySet();

  /** Those that have had it: nobody else's end is theirs. */
  private final Set<String> hadFirst = ConcurrentHashMap.newKeySet();

  Consoles(Poller poller, Duration patience) {
    this.poller = poller;
    this.patience = patience;
  }

  /** A new container of that kind. */
  void endsWithFirstClient(String id) {
    awaitFirst.add(id);
  }

  /** Takes a connected socket over and begins to read it. */
  ConsoleConnection open(String id, int fd, Console.Listener listener) {
    boolean first = awaitFirst.remove(id);
    boolean endsInput = first || !hadFirst.contains(id);
    if (first) {
      hadFirst.add(id);
    }
    ConsoleConnection connection = make(id, fd, listener, endsInput);
    poller.execute(() -> {
      open.computeIfAbsent(id, _ -> new HashSet<>()).add(connection);
      connection.begin();
    });
    return connection;
  }

  /** A connection that whoever asked for it begins and drains; an exec has its own end. */
  ConsoleConnection make(String id, int fd, Console.Listener listener) {
    return make(id, fd, listener, true);
  }

  private ConsoleConnection make(String id, int fd, Console.Listener listener, boolean endsInput) {
    var self = new ConsoleConnection[1];
    self[0] =
        new ConsoleConnection(poller, fd, listener, patience, endsInput, () -> forget(id, self[0]));
    return self[0];
  }

  /** Hands out all output that has come. On the poller's thread. */
  void drain(String id) {
    of(id).forEach(ConsoleConnection::drain);
  }

  /** The container is gone: what is left is handed out. */
  void close(String id) {
    awaitFirst.remove(id);
    hadFirst.remove(id);
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
