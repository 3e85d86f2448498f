package argosy.engine.container;

import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.runtime.ContainerRuntime.Exit;
import argosy.engine.runtime.ContainerRuntime.Observed;
import java.time.Instant;

/**
 * What is true of a container after its actor or the whole daemon was gone: what was last written
 * down, corrected by what the runtime says.
 *
 * @param ended its run ended while nobody looked: that is still to be told
 * @param remains the runtime still has something of a run that is over
 */
record Recovery(ContainerState state, boolean ended, boolean remains) {

  static Recovery of(ContainerState known, Observed seen, Instant now) {
    return switch (seen) {
      case Observed.Running(var pid, var paused, var _) ->
          new Recovery(known.in(running(known.life(), pid, paused, now)), false, false);
      case Observed.HalfMade() -> over(known, Exit.UNKNOWN, now, true);
      case Observed.Ended(var exit) -> {
        boolean untold = !Move.alive(known.life()) && known.sandbox() != null;
        Instant since = exit.at() == null ? now : exit.at();
        yield untold ? told(known, since, exit, now, true) : over(known, exit, now, true);
      }
      case Observed.Absent() -> over(known, Exit.UNKNOWN, now, false);
    };
  }

  private static Lifecycle running(Lifecycle known, int pid, boolean paused, Instant now) {
    boolean same = Moves.pid(known).orElse(-1) == pid;
    Instant since = same ? Moves.since(known) : now;
    if (known instanceof Lifecycle.Stopping) {
      return new Lifecycle.Stopping(pid, since);
    }
    return paused ? new Lifecycle.Paused(pid, since) : new Lifecycle.Running(pid, since);
  }

  /** Written down as running, or as not: the first ended now, the second stays what it is. */
  private static Recovery over(ContainerState known, Exit exit, Instant now, boolean remains) {
    return Move.alive(known.life())
        ? told(known, Moves.since(known.life()), exit, now, remains)
        : new Recovery(known.on(null), false, remains);
  }

  private static Recovery told(
      ContainerState known, Instant since, Exit exit, Instant now, boolean remains) {
    boolean byUser = known.life() instanceof Lifecycle.Stopping;
    var ended = Ended.of(since, finished(exit, since, now), exit, byUser);
    return new Recovery(known.in(new Lifecycle.Exited(ended)).on(null), true, remains);
  }

  /** When the monitor wrote its end down, as far as the clock was not set meanwhile. */
  private static Instant finished(Exit exit, Instant since, Instant now) {
    Instant at = exit.at();
    if (at == null || at.isAfter(now)) {
      return now;
    }
    return at.isBefore(since) ? since : at;
  }
}
