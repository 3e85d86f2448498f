package argosy.engine.container;

import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Ask;
import argosy.engine.runtime.ContainerRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses of the engine's own making. A mark on disk says so while it lasts: should the engine die
 * meanwhile, its next start thaws the container. Every call blocks.
 */
final class Freeze {
  private static final Logger LOG = LoggerFactory.getLogger(Freeze.class);
  private static final String MARK = "frozen";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String id;
  private final Path mark;
  private final ActorRef<ContainerActor.Command> actor;
  private final Scheduler scheduler;

  private final Executor blocking;
  private int users;
  private boolean ours;

  /** Called by the container's actor, used by others. */
  Freeze(Standing standing) {
    this.id = standing.id();
    this.mark = standing.directory().resolve(MARK);
    this.actor = standing.context.getSelf();
    this.blocking = standing.around.blocking();
    this.scheduler = standing.context.getSystem().scheduler();
  }

  /** What is done meanwhile. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Freezes it, works, and thaws it whatever happens; one that runs no more is let be. */
  void during(Work work) throws IOException {
    begin();
    try {
      work.run();
    } finally {
      end();
    }
  }

  /**
   * Freezes it for one more; the first to come freezes, the last to leave thaws. One that a user
   * has paused stays his.
   */
  synchronized void begin() throws IOException {
    if (users == 0) {
      Files.writeString(mark, "");
      try {
        ours = pause();
      } finally {
        if (!ours) {
          Files.deleteIfExists(mark);
        }
      }
    }
    users++;
  }

  /** One of those for whom it was frozen needs it no more. */
  synchronized void end() throws IOException {
    users--;
    if (users == 0 && ours) {
      ours = false;
      thaw();
      Files.deleteIfExists(mark);
    }
  }

  /** Answers when it stands still, without making the actor wait. */
  void take(StreamOrder.Still order) {
    CompletableFuture.supplyAsync(
            () -> {
              unchecked(this::begin);
              order.until().whenCompleteAsync((_, _) -> unchecked(this::end), blocking);
              return new Done();
            },
            blocking)
        .whenComplete((done, failed) ->
            order.replyTo().tell(failed == null ? Outcome.ok(done) : Outcome.failed(failed)));
  }

  private static void unchecked(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it was running, and is not now. */
  private boolean pause() {
    return switch (order(new ContainerRequest.Pause(id))) {
      case Outcome.Ok<Object> _ -> true;
      case Outcome.Failed<Object>(Failure.Conflict _) -> false;
      case Outcome.Failed<Object>(var failure) -> throw new Refused(failure);
    };
  }

  /** One that a user let go on, or that has ended meanwhile, refuses; that is as good. */
  private void thaw() {
    if (order(new ContainerRequest.Unpause(id)) instanceof Outcome.Failed<Object>(var failure)) {
      LOG.info("container {} is not frozen any more: {}", id, failure.message());
    }
  }

  private Outcome<Object> order(ContainerRequest<Done> request) {
    return AskPattern.<ContainerActor.Command, Outcome<Object>>ask(
            actor,
            replyTo -> new ContainerActor.Order(new Ask<>(request, replyTo)),
            PATIENCE,
            scheduler)
        .toCompletableFuture()
        .join();
  }

  /** Thaws what a daemon that died had frozen. */
  static void end(Path directory, String id, ContainerRuntime runtime) {
    Path mark = directory.resolve(MARK);
    try {
      if (Files.exists(mark)) {
        resume(id, runtime);
        Files.deleteIfExists(mark);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not remove " + mark + ": " + e, e);
    }
  }

  private static void resume(String id, ContainerRuntime runtime) {
    try {
      runtime.resume(id);
    } catch (Refused refused) {
      LOG.info("container {} was not frozen any more: {}", id, refused.getMessage());
    }
  }
}
