package argosy.engine.container.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Tells readers when something in a log's directory changed: one inotify for all of them. */
public final class LogWatch implements AutoCloseable {
  private record Watched(WatchKey key, Set<Runnable> listeners) {}

  private final Executor blocking;
  private final Map<Path, Watched> directories = new HashMap<>();
  private @Nullable WatchService service;

  public LogWatch(Executor blocking) {
    this.blocking = blocking;
  }

  /** Calls {@code listener} after every change, on the watch's thread. */
  synchronized void listen(Path directory, Runnable listener) throws IOException {
    var watched = directories.get(directory);
    if (watched == null) {
      WatchKey key =
          directory.register(
              running(),
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      watched = new Watched(key, new HashSet<>());
      directories.put(directory, watched);
    }
    watched.listeners().add(listener);
  }

  synchronized void forget(Path directory, Runnable listener) {
    var watched = directories.get(directory);
    if (watched != null && watched.listeners().remove(listener) && watched.listeners().isEmpty()) {
      watched.key().cancel();
      directories.remove(directory);
    }
  }

  private WatchService running() throws IOException {
    if (service == null) {
      WatchService fresh = FileSystems.getDefault().newWatchService();
      service = fresh;
      blocking.execute(() -> pump(fresh));
    }
    return service;
  }

  private void pump(WatchService watch) {
    try {
      while (true) {
        WatchKey key = watch.take();
        key.pollEvents();
        key.reset();
        tell((Path) key.watchable());
      }
    } catch (ClosedWatchServiceException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Path directory) {
    Set<Runnable> listeners;
    synchronized (this) {
      var watched = directories.get(directory);
      listeners = watched == null ? Set.of() : Set.copyOf(watched.listeners());
    }
    listeners.forEach(Runnable::run);
  }

  @Override
  public synchronized void close() {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
