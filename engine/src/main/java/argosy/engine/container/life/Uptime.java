package argosy.engine.container.life;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a run lasts, by a clock that nobody can set: back-off and start periods go by it, so
 * that a jump of the host's clock changes neither. Not for more than one thread.
 */
public final class Uptime {
  private final LongSupplier nanos;
  private long began;

  /** {@code nanos}: as {@link System#nanoTime}. */
  public Uptime(LongSupplier nanos) {
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** A run began, or one was found that began a while ago; less than nothing counts as nothing. */
  public void begin(Duration ago) {
    began = nanos.getAsLong() - (ago.isNegative() ? 0 : ago.toNanos());
  }

  public Duration now() {
    return Duration.ofNanos(nanos.getAsLong() - began);
  }
}
