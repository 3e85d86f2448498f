package argosy.cli.command;

import sun.misc.Signal;

/** Signals that reach this process. */
public final class Signals {
  private Signals() {}

  /**
   * Runs something, on a thread of its own, each time a signal comes, instead of what it does
   * otherwise. Signals that the JVM keeps for itself are left alone.
   *
   * @param name without SIG, such as INT
   */
  public static void on(String name, Runnable action) {
    try {
      Signal.handle(new Signal(name), _ -> action.run());
    } catch (IllegalArgumentException keptByTheJvm) {
      // then it does what it always did
    }
  }
}
