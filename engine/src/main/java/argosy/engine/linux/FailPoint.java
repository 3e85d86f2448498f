package argosy.engine.linux;

import org.jspecify.annotations.Nullable;

/**
 * The moments before a change of the world that a crash could come in front of: an order to the
 * kernel's network, a transaction of the packet filter, a step of a record's way to the disk. A
 * test ends the run at any of them and looks at what the next start makes of what was done.
 */
public final class FailPoint {
  /** Told of each moment, in the thread that has come to it; throws to end the run there. */
  @FunctionalInterface
  public interface Watch {
    /** {@code step}: what comes next, in words. */
    void before(String step);
  }

  private static final Watch NOBODY = _ -> {};
  private static volatile Watch watch = NOBODY;

  private FailPoint() {}

  /** Nothing happens, unless somebody watches. */
  public static void before(String step) {
    watch.before(step);
  }

  /** The same of a step on something; put into words only for who watches. */
  public static void before(String step, Object on) {
    if (watch != NOBODY) {
      watch.before(step + " " + on);
    }
  }

  /** From now on {@code watch} is told, and nobody else; null for nobody. */
  public static void tell(@Nullable Watch other) {
    watch = other == null ? NOBODY : other;
  }
}
