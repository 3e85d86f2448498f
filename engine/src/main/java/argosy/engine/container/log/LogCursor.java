package argosy.engine.container.log;

import argosy.engine.container.ContainerStreams.Channel;
import argosy.engine.container.ContainerStreams.LogLine;
import argosy.engine.container.ContainerStreams.LogQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a container's log for one listener, blocking; follows it through rotation and restarts
 * until the container rests. Used by one thread at a time; {@link #stop} and {@link #wake} may come
 * from another.
 */
final class LogCursor implements AutoCloseable {
  /** Bytes of text after which a batch is handed on. */
  private static final int BATCH = 64 * 1024;

  /** What a line costs besides its text. */
  private static final int OVERHEAD = 16;

  private final LogFiles files;
  private final LogQuery query;
  private final Future<?> rest;
  private final LogWatch watch;
  private final InstantSource clock;
  private final Semaphore changed = new Semaphore(0);
  private final Runnable listener = changed::release;
  private final LineJoin join = new LineJoin();
  private @Nullable LineFile open;
  private boolean started;
  private long batched;
  private boolean over;
  private volatile boolean closed;

  /** {@code rest}: done once the container does not run and will not by itself. */
  LogCursor(LogFiles files, LogQuery query, Future<?> rest, LogWatch watch, InstantSource clock) {
    this.files = files;
    this.query = query;
    this.rest = rest;
    this.watch = watch;
    this.clock = clock;
  }

  private Path directory() {
    return files.directory();
  }

  /** The next lines; empty at the end. Blocks while there are none yet. */
  List<LogLine> next() throws IOException, InterruptedException {
    start();
    while (!closed && !over) {
      changed.drainPermits();
      boolean resting = !query.follow() || rest.isDone();
      var batch = batch();
      if (!batch.isEmpty()) {
        return batch;
      }
      LineFile newer = over ? null : newer();
      if (newer != null) {
        // whoever wrote the old file has left it by now: what it wrote last comes first
        var last = batch();
        if (!last.isEmpty()) {
          newer.close();
          return last;
        }
        switchTo(newer);
      } else if (!over && resting) {
        over = true;
        return wanted(rest());
      } else if (!over) {
        over = !await();
      }
    }
    return List.of();
  }

  private void start() throws IOException {
    if (started) {
      return;
    }
    started = true;
    if (query.follow()) {
      watch.listen(directory(), listener);
    }
    open = first();
  }

  /** Again, when the files were moved up meanwhile: the place would be one in another file. */
  private @Nullable LineFile first() throws IOException {
    while (true) {
      var chain = files.chain();
      if (chain.isEmpty()) {
        return null;
      }
      var before = LogFiles.identities(chain);
      var place = LogTail.find(chain, query.tail());
      var file = LineFile.open(place.file(), place.offset());
      if (before.equals(LogFiles.identities(files.chain())) && file.isPresent()) {
        return file.get();
      }
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }

  private List<LogLine> batch() throws IOException {
    var lines = new ArrayList<LogLine>();
    batched = 0;
    while (open != null && batched < BATCH && !over) {
      StoredLine stored = open.next();
      if (stored == null) {
        break;
      }
      join.add(stored, line -> take(line, lines));
    }
    return lines;
  }

  private void take(LogLine line, List<LogLine> into) {
    if (query.until() != null && line.time().isAfter(query.until())) {
      over = true;
    } else if (isWanted(line)) {
      batched += line.text().length() + OVERHEAD;
      into.add(line);
    }
  }

  private List<LogLine> wanted(List<LogLine> lines) {
    return lines.stream().filter(this::isWanted).toList();
  }

  private boolean isWanted(LogLine line) {
    boolean channel = line.channel() == Channel.STDERR ? query.stderr() : query.stdout();
    return channel && (query.since() == null || !line.time().isBefore(query.since()));
  }

  /** The next newer file, open; null: there is none. */
  private @Nullable LineFile newer() throws IOException {
    while (true) {
      Path path = next(files);
      if (path == null) {
        return null;
      }
      var file = LineFile.open(path, 0);
      Path still = next(files);
      if (file.isPresent()
          && still != null
          && file.get().identity().equals(LogFiles.identity(still))
          && (open == null || !file.get().identity().equals(open.identity()))) {
        return file.get();
      }
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }

  private @Nullable Path next(LogFiles files) throws IOException {
    if (open != null) {
      return files.after(open.identity());
    }
    var chain = files.chain();
    return chain.isEmpty() ? null : chain.getFirst();
  }

  private void switchTo(LineFile newer) throws IOException {
    if (open != null) {
      open.close();
    }
    open = newer;
  }

  /** What was begun and nobody will end. */
  private List<LogLine> rest() {
    var lines = new ArrayList<LogLine>();
    StoredLine torn = open == null ? null : open.torn();
    if (torn != null) {
      join.add(torn, lines::add);
    }
    lines.addAll(join.rest());
    return lines;
  }

  private boolean await() throws InterruptedException {
    Instant until = query.until();
    if (until == null) {
      changed.acquire();
      return true;
    }
    long nanos = Duration.between(clock.instant(), until).toNanos();
    return nanos > 0 && (changed.tryAcquire(nanos, TimeUnit.NANOSECONDS) || !closed);
  }

  /** Wakes a reader that waits, because the container came to rest. */
  void wake() {
    changed.release();
  }

  /** Makes a reader that waits come back; {@link #close} may follow once it did. */
  void stop() {
    closed = true;
    changed.release();
  }

  @Override
  public void close() throws IOException {
    watch.forget(directory(), listener);
    if (open != null) {
      open.close();
    }
  }
}
