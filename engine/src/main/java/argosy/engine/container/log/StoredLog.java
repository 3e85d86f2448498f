package argosy.engine.container.log;

import argosy.engine.container.ContainerStreams.LogLine;
import argosy.engine.container.ContainerStreams.LogQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/** A container's stored output as a stream, read on the blocking executor a batch at a time. */
public record StoredLog(LogFiles files, LogWatch watch, Executor blocking, InstantSource clock) {

  /** {@code rest}: completes once the container does not run and will not by itself. */
  public Source<List<LogLine>, NotUsed> read(LogQuery query, CompletableFuture<?> rest) {
    return Source.lazySource(() -> opened(query, rest))
        .mapMaterializedValue(_ -> NotUsed.notUsed());
  }

  private Source<List<LogLine>, NotUsed> opened(LogQuery query, CompletableFuture<?> rest) {
    var cursor = new LogCursor(files, query, rest, watch, clock);
    var reading = new AtomicReference<>(CompletableFuture.completedFuture(List.<LogLine>of()));
    var _ = rest.whenComplete((_, _) -> cursor.wake());
    return Source.unfoldAsync(
            cursor,
            same -> {
              var next = CompletableFuture.supplyAsync(() -> next(same), blocking);
              reading.set(next);
              return next.thenApply(lines ->
                  lines.isEmpty()
                      ? Optional.<Pair<LogCursor, List<LogLine>>>empty()
                      : Optional.of(Pair.create(same, lines)));
            })
        .watchTermination((notUsed, done) -> {
          done.whenComplete((_, _) -> release(cursor, Objects.requireNonNull(reading.get())));
          return notUsed;
        });
  }

  private void release(LogCursor cursor, CompletableFuture<?> reading) {
    cursor.stop();
    var _ = reading.whenCompleteAsync((_, _) -> close(cursor), blocking);
  }

  private static List<LogLine> next(LogCursor cursor) {
    try {
      return cursor.next();
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the log: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private static void close(LogCursor cursor) {
    try {
      cursor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
