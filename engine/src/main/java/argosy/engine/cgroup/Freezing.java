package argosy.engine.cgroup;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The kernel freezes in its own time and tells nobody when it is done. */
final class Freezing {
  private static final long STEP_NANOS = 500_000;

  private Freezing() {}

  /** Looks until it is so; {@code giveUp} undoes a freeze that does not come about. */
  static void await(BooleanSupplier frozen, Runnable again, Duration patience, Runnable giveUp) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!frozen.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        giveUp.run();
        throw new IllegalStateException("the processes could not be frozen within " + patience);
      }
      LockSupport.parkNanos(STEP_NANOS);
      again.run();
    }
  }
}
