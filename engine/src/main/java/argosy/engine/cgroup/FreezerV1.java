package argosy.engine.cgroup;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How a group is frozen whose processes go on meanwhile
 * (Documentation/admin-guide/cgroup-v1/freezer-subsystem).
 *
 * @param isFrozen whether all of them stand still
 * @param ask writes the wish, FROZEN or THAWED
 */
record FreezerV1(BooleanSupplier isFrozen, Consumer<String> ask) {

  /** Blocks until all stand still; thaws them and throws IllegalStateException when they do not. */
  void freeze(Duration patience) {
    ask.accept("FROZEN");
    var tries = new AtomicInteger();
    Freezing.await(isFrozen, () -> again(tries), patience, () -> ask.accept("THAWED"));
  }

  /**
   * A process that forks while it is frozen can leave the group half frozen: ask again. One that
   * executes a program waits for its threads to end, and frozen ones never do: let go for a moment.
   */
  private void again(AtomicInteger tries) {
    ask.accept(tries.incrementAndGet() % 40 >= 38 ? "THAWED" : "FROZEN");
  }
}
