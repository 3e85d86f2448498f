package argosy.engine.failure;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** How blocking code in a driver ends early with a {@link Failure}; actors turn it into a value. */
public final class Refused extends RuntimeException {
  private final transient Failure failure;

  public Refused(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public Refused(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /** The failure inside, however deeply a future wrapped it. */
  public static Failure failureOf(Throwable thrown) {
    return switch (thrown) {
      case Refused refused -> refused.failure();
      case CompletionException wrapped when wrapped.getCause() != null ->
          failureOf(wrapped.getCause());
      case ExecutionException wrapped when wrapped.getCause() != null ->
          failureOf(wrapped.getCause());
      case Throwable other ->
          new Failure.Internal(
              other.getMessage() == null ? other.getClass().getSimpleName() : other.getMessage());
    };
  }
}
