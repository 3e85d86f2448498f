package argosy.engine.container;

import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.ContainerActor.Due;
import argosy.engine.container.ContainerActor.Work;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.container.life.RestartRule;
import argosy.engine.container.life.Signals;
import argosy.engine.failure.Done;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Ask;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run because somebody ordered it: by its stop signal and, after a while, by SIGKILL; or by
 * a signal of the user's choice. Belongs to the container's actor.
 */
final class Halt {
  private static final Logger LOG = LoggerFactory.getLogger(Halt.class);
  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private final Life life;

  Halt(Standing standing, TimerScheduler<Command> timers, Life life) {
    this.standing = standing;
    this.timers = timers;
    this.life = life;
  }

  void stop(Ask<ContainerRequest<?>> ask, @Nullable String signal, @Nullable Integer timeout) {
    if (standing.life() instanceof Lifecycle.Restarting) {
      standing.desire(false);
      life.giveUp();
      standing.publish("stop");
      standing.answerWhenWritten(ask);
      return;
    }
    int number = Signals.parse(signal, stopSignal());
    life.ending().stopped.add(ask);
    end(number, timeout);
  }

  private int stopSignal() {
    return Signals.parse(standing.record().spec().process().stopSignal(), Signals.TERM);
  }

  private void end(int signal, @Nullable Integer timeout) {
    Ending ending = life.ending();
    ending.byUser = true;
    if (ending.again.isEmpty()) {
      standing.desire(false);
    }
    boolean paused = standing.life() instanceof Lifecycle.Paused;
    if (!(standing.life() instanceof Lifecycle.Stopping)) {
      standing.move(standing.state().in(Moves.stop(standing.life())));
    }
    send(signal, paused);
    killAfter(patience(timeout));
  }

  private void killAfter(int seconds) {
    if (seconds >= 0) {
      timers.startSingleTimer(Due.KILL, Due.KILL, Duration.ofSeconds(seconds));
    }
  }

  private int patience(@Nullable Integer asked) {
    Integer own = standing.record().spec().process().stopTimeout();
    Integer wanted = asked == null ? own : asked;
    return wanted == null ? (int) standing.around.stopTimeout().toSeconds() : wanted;
  }

  /**
   * Its health check failed: with the label {@link RestartRule#UNHEALTHY_LABEL} it runs again.
   * Until it has ended it counts as running, so that users may still stop it for good.
   *
   * @param wasHealthy it had been healthy in this run
   */
  void unhealthy(boolean wasHealthy) {
    Ending ending = life.ending();
    var identity = standing.record().spec().identity();
    boolean asked = RestartRule.whenUnhealthy(identity.labels()) && !ending.byUser;
    if (asked && standing.life() instanceof Lifecycle.Running && ending.retry == null) {
      ending.retry = life.afterUnhealthy(wasHealthy);
      send(stopSignal(), false);
      killAfter(patience(null));
    }
  }

  /** It did not heed its stop signal. */
  void overdue() {
    if (Move.alive(standing.life())) {
      send(Signals.KILL, false);
    }
  }

  /** Goes on with a stop that was under way when the engine went down. */
  void goOn() {
    end(stopSignal(), null);
  }

  private void send(int signal, boolean resume) {
    standing.publish("kill", Map.of("signal", Integer.toString(signal)));
    standing.work(signalling(signal, resume), _ -> new ContainerActor.Signalled());
  }

  private Supplier<Done> signalling(int signal, boolean resume) {
    String id = standing.id();
    var runtime = standing.around.runtime();
    return () -> {
      runtime.signal(id, signal, false);
      if (resume) {
        runtime.resume(id);
      } else if (signal == Signals.KILL) {
        thaw(id);
      }
      return new Done();
    };
  }

  /**
   * Frozen processes do not even die. One that is noted as running may be frozen nevertheless: a
   * runtime freezes what it ends, and may have been killed meanwhile.
   */
  private void thaw(String id) {
    try {
      standing.around.runtime().resume(id);
    } catch (Refused gone) {
      LOG.debug("{} has ended already: {}", id, gone.getMessage());
    }
  }

  /** There is no process to signal; a signal that would end it ends the waiting. */
  private void restNow(Ask<ContainerRequest<?>> ask, boolean deadly) {
    if (deadly) {
      standing.desire(false);
      life.giveUp();
    }
    standing.answerWhenWritten(ask);
  }

  void kill(Ask<ContainerRequest<?>> ask, int signal) {
    boolean deadly = signal == Signals.KILL || signal == stopSignal();
    if (standing.life() instanceof Lifecycle.Restarting) {
      restNow(ask, deadly);
      return;
    }
    if (deadly) {
      life.ending().byUser = true;
      standing.desire(false);
    }
    boolean resume = deadly && standing.life() instanceof Lifecycle.Paused;
    if (resume) {
      standing.move(standing.state().in(Moves.unpause(standing.life())));
    }
    standing.publish("kill", Map.of("signal", Integer.toString(signal)));
    standing.work(
        signalling(signal, resume),
        outcome -> new ContainerActor.Worked(ask, Work.SIGNAL, outcome));
  }

  /** Stops it, to be run again when it has ended. */
  void again(Ask<ContainerRequest<?>> ask, @Nullable String signal, @Nullable Integer timeout) {
    int number = Signals.parse(signal, stopSignal());
    life.ending().again.add(ask);
    end(number, timeout);
  }

  /** Kills it, because it shall go. */
  void now() {
    life.ending().byUser = true;
    boolean paused = standing.life() instanceof Lifecycle.Paused;
    if (!(standing.life() instanceof Lifecycle.Stopping)) {
      standing.move(standing.state().in(Moves.stop(standing.life())));
    }
    send(Signals.KILL, paused);
  }
}
