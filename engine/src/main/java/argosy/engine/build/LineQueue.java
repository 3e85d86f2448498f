package argosy.engine.build;

import argosy.engine.failure.Refused;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A build's lines on their way to its client: whoever says one waits until the client has taken
 * most of the earlier ones. A client that leaves interrupts the build.
 */
final class LineQueue implements Consumer<BuildLine> {
  private static final Logger LOG = LoggerFactory.getLogger(LineQueue.class);
  private static final int ROOM = 256;

  private final SourceQueueWithComplete<BuildLine> queue;
  private final Source<BuildLine, NotUsed> source;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean ended;

  LineQueue(ActorSystem<?> system, Thread build) {
    var made =
        Source.<BuildLine>queue(ROOM, OverflowStrategy.backpressure()).preMaterialize(system);
    this.queue = made.first();
    this.source = made.second();
    queue
        .watchCompletion()
        .whenComplete((_, _) -> {
          if (!ended) {
            build.interrupt();
          }
        });
  }

  Source<BuildLine, NotUsed> source() {
    return source;
  }

  @Override
  public void accept(BuildLine line) {
    turn.lock();
    try {
      var result = queue.offer(line).toCompletableFuture().get();
      if (!result.equals(QueueOfferResult.enqueued())) {
        throw new CancellationException("the build's client is gone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the build was cancelled");
    } catch (ExecutionException e) {
      throw new CancellationException("the build's client is gone: " + e.getMessage());
    } finally {
      turn.unlock();
    }
  }

  /** What runs to the stream's end. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /** Runs it; a failure is the last line. */
  void end(Work work) {
    try {
      work.run();
      complete();
    } catch (InterruptedException | CancellationException gone) {
      LOG.info("a build was cancelled by its client");
      complete();
    } catch (StepFailed failed) {
      last(new BuildLine.Failed(String.valueOf(failed.getMessage()), failed.code()));
    } catch (RuntimeException e) {
      if (!(e instanceof Refused)) {
        LOG.warn("a build failed", e);
      }
      last(new BuildLine.Failed(Refused.failureOf(e).message(), 0));
    }
  }

  private void last(BuildLine line) {
    try {
      accept(line);
    } catch (CancellationException gone) {
      LOG.info("a build failed and its client is gone");
    }
    complete();
  }

  private void complete() {
    ended = true;
    queue.complete();
  }
}
