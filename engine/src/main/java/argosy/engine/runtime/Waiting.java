package argosy.engine.runtime;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits of a virtual thread for what the poller brings. */
final class Waiting {
  private Waiting() {}

  /** The value, or the future's own exception. */
  static <T> T on(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException failed) {
      throw unwrapped(failed);
    }
  }

  /** As {@link #on}, refused with {@code late} when it takes too long. */
  static <T> T on(CompletableFuture<T> future, Duration patience, String late) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw unwrapped(failed);
    } catch (TimeoutException slow) {
      throw new Refused(new Failure.Internal(late), slow);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Refused(new Failure.Unavailable("the engine is stopping"), stopped);
    }
  }

  private static RuntimeException unwrapped(Exception failed) {
    return failed.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(failed.getCause());
  }
}
