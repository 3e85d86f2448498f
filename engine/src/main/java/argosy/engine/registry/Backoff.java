package argosy.engine.registry;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How often a request that failed for no lasting reason is tried, and how long is waited in
 * between: each time twice as long.
 *
 * @param attempts the first one counts
 */
record Backoff(int attempts, Duration first, Duration longest) {
  private static final Duration LONGEST_ASKED = Duration.ofSeconds(60);

  /** How long to wait after that many failures in a row. */
  Duration after(int failures) {
    var wait = first.multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  /** How long to wait before trying again, or nothing where it is no use. */
  Optional<Duration> before(int failures, RuntimeException why) {
    if (failures >= attempts) {
      return Optional.empty();
    }
    return switch (why) {
      case Refusal refusal when refusal.isPassing() -> patient(failures, refusal.retryAfter());
      case Unreachable unreachable when unreachable.isPassing() -> Optional.of(after(failures));
      default -> Optional.empty();
    };
  }

  /** A registry that wants to be left alone for longer than we are willing to wait gets its way. */
  private Optional<Duration> patient(int failures, Duration asked) {
    var own = after(failures);
    return asked.compareTo(LONGEST_ASKED) > 0
        ? Optional.empty()
        : Optional.of(asked.compareTo(own) > 0 ? asked : own);
  }

  /** Does something until it works, or fails for good. */
  <T> T repeat(Supplier<T> request) {
    for (int failures = 1; ; failures++) {
      try {
        return request.get();
      } catch (Refusal | Unreachable e) {
        pause(before(failures, e).orElseThrow(() -> e));
      }
    }
  }

  /** The same waits, another number of attempts. */
  Backoff of(int others) {
    return new Backoff(others, first, longest);
  }

  /** Waits; an interrupt ends it. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("the transfer was cancelled"));
    }
  }
}
