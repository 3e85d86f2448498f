package argosy.engine.build;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** How a step's thread waits for what others do. */
final class Waiting {
  private Waiting() {}

  /** The value, or the failure thrown; an interrupt is the end of the build. */
  static <T> T outcome(CompletionStage<Outcome<T>> stage) {
    return switch (value(stage)) {
      case Outcome.Ok<T>(var value) -> value;
      case Outcome.Failed<T>(var failure) -> throw new Refused(failure);
    };
  }

  static <T> T value(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(new Failure.Unavailable("the build was cancelled"), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
