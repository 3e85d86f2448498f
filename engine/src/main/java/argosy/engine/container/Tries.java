package argosy.engine.container;

import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.ContainerActor.Due;
import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.life.RestartRule;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** When a container that ended is tried again. Belongs to its actor. */
final class Tries {
  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private Duration waited = Duration.ZERO;

  Tries(Standing standing, TimerScheduler<Command> timers) {
    this.standing = standing;
    this.timers = timers;
  }

  /** Somebody wants it to run: the waits begin with the shortest again. */
  void afresh() {
    waited = Duration.ZERO;
  }

  /** How long to wait before the next try, or empty to rest. */
  Optional<Duration> next(Ended ended, Duration up) {
    return RestartRule.afterExit(
        standing.record().spec().restart(), ended, up, standing.state().restartCount(), waited);
  }

  /** The same after a run that somebody may have ended. */
  Optional<Duration> next(Ended ended, Duration up, Ending ending) {
    return ending.retry == null || ending.byUser ? next(ended, up) : Optional.of(ending.retry);
  }

  Duration afterUnhealthy(boolean wasHealthy) {
    return RestartRule.afterUnhealthy(wasHealthy, waited);
  }

  /** {@link Due#RETRY} comes after the delay. */
  void in(Duration delay) {
    waited = delay;
    timers.startSingleTimer(Due.RETRY, Due.RETRY, delay);
  }

  void noMore() {
    timers.cancel(Due.RETRY);
  }
}
