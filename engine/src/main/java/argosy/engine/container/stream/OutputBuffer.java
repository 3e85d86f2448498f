package argosy.engine.container.stream;

import argosy.engine.container.ContainerStreams.Output;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * One client's output between the driver's thread that brings it and the stream that takes it. It
 * holds what was offered and says when that is more than its bound; whoever brings it then pauses,
 * or cuts the client off. Thread-safe.
 */
public final class OutputBuffer {
  /** Bytes a client may be behind before the producer is asked to wait. */
  public static final int BOUND = 1 << 20;

  private final Queue<Output> waiting = new ArrayDeque<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private Runnable onRoom = () -> {};
  private long held;
  private long recoveries;
  private boolean full;
  private boolean ended;
  private @Nullable CompletableFuture<Optional<Output>> taker;

  /** Adds output; false when there is no room for more until {@code onRoom} is called. */
  public boolean offer(Output output) {
    CompletableFuture<Optional<Output>> next;
    synchronized (this) {
      if (ended) {
        return true;
      }
      next = taker;
      taker = null;
      if (next == null) {
        waiting.add(output);
        held += output.bytes().length();
        full = held >= BOUND;
        return !full;
      }
    }
    next.complete(Optional.of(output));
    return true;
  }

  /** No more will come; what is held is still delivered. */
  public void end() {
    CompletableFuture<Optional<Output>> next;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      next = taker;
      taker = null;
    }
    if (next != null) {
      next.complete(Optional.empty());
    }
  }

  /** Called, on the reader's thread, when there is room again after a refused offer. */
  public synchronized void onRoom(Runnable resume) {
    onRoom = resume;
  }

  /** How often there was room again after there had been none. */
  public synchronized long recoveries() {
    return recoveries;
  }

  /** Whether the producer was asked to wait and still must. */
  public synchronized boolean isFull() {
    return full;
  }

  /** Completes when the reader is gone: finished, failed or cancelled. */
  public CompletionStage<Void> closed() {
    return closed;
  }

  /** The reader's side; to be run once. */
  public Source<Output, NotUsed> source() {
    return Source.unfoldAsync(this, _ -> take().thenApply(this::step))
        .watchTermination((notUsed, done) -> {
          done.whenComplete((_, _) -> {
            end();
            closed.complete(null);
          });
          return notUsed;
        });
  }

  private Optional<Pair<OutputBuffer, Output>> step(Optional<Output> next) {
    return next.map(output -> Pair.create(this, output));
  }

  private CompletionStage<Optional<Output>> take() {
    Runnable resume;
    Output output;
    synchronized (this) {
      output = waiting.poll();
      if (output == null) {
        var next = new CompletableFuture<Optional<Output>>();
        if (ended) {
          next.complete(Optional.empty());
        } else {
          taker = next;
        }
        return next;
      }
      held -= output.bytes().length();
      boolean room = full && held < BOUND / 2;
      recoveries += room ? 1 : 0;
      full = full && !room;
      resume = room ? onRoom : () -> {};
    }
    resume.run();
    return CompletableFuture.completedFuture(Optional.of(output));
  }
}
