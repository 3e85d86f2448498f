package argosy.engine.runtime;

import argosy.engine.linux.Inotify;
import argosy.engine.linux.Poller;
import argosy.engine.runtime.ContainerRuntime.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for containers to end: for the monitor's exit file, and, should the monitor die first, for
 * the container's own process. All state belongs to the poller's thread.
 */
final class Exits {
  private static final Logger LOG = LoggerFactory.getLogger(Exits.class);

  private final Poller poller;
  private final Places places;
  private final Consumer<String> beforeTelling;
  private final java.util.concurrent.Executor executor;
  private final Map<String, Wait> waits = new HashMap<>();

  /** {@code beforeTelling}: called on the poller's thread with an ended container's id. */
  Exits(
      Poller poller,
      Places places,
      java.util.concurrent.Executor executor,
      Consumer<String> beforeTelling) {
    this.poller = poller;
    this.places = places;
    this.executor = executor;
    this.beforeTelling = beforeTelling;
    Inotify arrivals = Inotify.arrivals(places.exits());
    poller.execute(() ->
        poller.register(arrivals.fd(), Poller.IN, _ -> arrivals.names().forEach(this::recorded)));
  }

  /** Calls back once when the container has ended. */
  void await(String id, int pid, Consumer<Exit> listener) {
    poller.execute(() -> {
      Wait wait = waits.computeIfAbsent(id, _ -> new Wait(id, pid));
      wait.listeners.add(listener);
      if (!recorded(id) && wait.watched == null) {
        wait.watchMonitor();
      }
    });
  }

  /** What the monitor has written about a container's end. */
  Optional<Exit> read(String id) {
    try {
      Path file = places.exit(id);
      String code = Files.readString(file).strip();
      Instant at = Files.getLastModifiedTime(file).toInstant();
      boolean oom = Files.exists(places.bundle(id).resolve("oom"));
      return Optional.of(new Exit(Integer.parseInt(code), oom, at));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  private boolean recorded(String id) {
    Wait wait = waits.get(id);
    if (wait == null) {
      return false;
    }
    Optional<Exit> exit = read(id);
    exit.ifPresent(wait::end);
    return exit.isPresent();
  }

  /** One container that is waited for. */
  private final class Wait {
    private final String id;
    private final int pid;
    private final List<Consumer<Exit>> listeners = new ArrayList<>();
    private Poller.@Nullable Registration watched;

    Wait(String id, int pid) {
      this.id = id;
      this.pid = pid;
    }

    void watchMonitor() {
      Path bundle = places.bundle(id);
      Optional<ProcessMark> monitor = ProcessMark.read(bundle.resolve("monitor"));
      if (monitor.isEmpty() || !watch(monitor.get(), this::monitorGone)) {
        monitorGone();
      }
    }

    private void monitorGone() {
      stopWatching();
      if (recorded(id)) {
        return;
      }
      Optional<ProcessMark> process = ProcessMark.read(places.bundle(id).resolve("process"));
      boolean alive =
          process.isPresent()
              && process.get().pid() == pid
              && watch(process.get(), this::processGone);
      if (alive) {
        LOG.warn("the monitor of container {} is gone: it runs on, without log and exit code", id);
      } else {
        processGone();
      }
    }

    private void processGone() {
      if (!recorded(id)) {
        end(Exit.UNKNOWN);
      }
    }

    /** False when it has ended already. */
    private boolean watch(ProcessMark mark, Runnable onEnd) {
      Optional<Integer> fd = mark.open();
      if (fd.isEmpty()) {
        return false;
      }
      watched = poller.register(fd.get(), Poller.IN, _ -> onEnd.run());
      return true;
    }

    private void stopWatching() {
      if (watched != null) {
        watched.close();
        watched = null;
      }
    }

    private void end(Exit exit) {
      stopWatching();
      waits.remove(id);
      beforeTelling.accept(id);
      listeners.forEach(listener -> executor.execute(() -> listener.accept(exit)));
    }
  }
}
