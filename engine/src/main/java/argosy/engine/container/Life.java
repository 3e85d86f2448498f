package argosy.engine.container;

import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.ContainerActor.Due;
import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.container.log.LogLimits;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Ask;
import argosy.engine.runtime.ContainerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's runs: begun, ended, begun again, and its removal. Belongs to the container's actor;
 * what users order comes through {@link Orders}.
 */
final class Life {
  private static final Logger LOG = LoggerFactory.getLogger(Life.class);

  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private final Run run;
  private final Waiters waiters;
  private final Runnable settled;
  private final Teardown teardown;
  private final Tries tries;
  private final Removal removal;
  private final List<Ask<ContainerRequest<?>>> starting = new ArrayList<>();
  private Ending ending = new Ending();
  private ContainerState beforeStart = ContainerState.FRESH;
  private ContainerActor.@Nullable Ended early;
  private boolean launching;
  private boolean leaving;

  /** What goes on while a run does. */
  record Run(Streams streams, Execs execs, HealthWatch health) {}

  /** {@code settled} runs whenever a step is over and waiting orders may go on. */
  Life(
      Standing standing,
      TimerScheduler<Command> timers,
      Run run,
      Waiters waiters,
      Runnable settled) {
    this.standing = standing;
    this.timers = timers;
    this.run = run;
    this.waiters = waiters;
    this.settled = settled;
    this.teardown = new Teardown(standing);
    this.tries = new Tries(standing, timers);
    this.removal = new Removal(standing, tries, run.streams(), waiters, teardown);
  }

  /** A step is under way that orders must wait for. */
  boolean isBusy() {
    return launching || leaving || removal.isUnderWay();
  }

  Ending ending() {
    return ending;
  }

  /** A user wants it to run; answered when it does. */
  void start(Ask<ContainerRequest<?>> ask) {
    starting.add(ask);
    tries.afresh();
    standing.pass(standing.state().restarted(0));
    launch();
  }

  /** It waited long enough for its next try. */
  void retry() {
    if (standing.life() instanceof Lifecycle.Restarting && !isBusy()) {
      standing.pass(standing.state().restarted(standing.state().restartCount() + 1));
      launch();
    }
  }

  /** How long an unhealthy container waits, once it has ended, before it runs again. */
  Duration afterUnhealthy(boolean wasHealthy) {
    return tries.afterUnhealthy(wasHealthy);
  }

  /** It rests, and the engine's start brings it up again. */
  void again() {
    launch();
  }

  private void launch() {
    beforeStart = standing.state();
    launching = true;
    early = null;
    var desiring = standing.desire(true);
    standing.pass(standing.state().in(Moves.start(standing.life())));
    var self = standing.context.getSelf();
    var launch =
        new Launch(
            standing.record(),
            standing.around,
            standing.errands,
            CompletableFuture.allOf(teardown.cleared(), standing.written()),
            run.streams().waiting(),
            sandbox -> standing.ledger.states().put(standing.id(), beforeStart.on(sandbox), false),
            (pid, exit) -> self.tell(new ContainerActor.Ended(pid, exit)),
            standing::pidOf,
            standing::find);
    standing.context.pipeToSelf(
        desiring.thenApplyAsync(_ -> launch.run(), standing.around.blocking()), Launch::told);
  }

  void launched(Outcome<Launch.Up> outcome, int code) {
    launching = false;
    switch (outcome) {
      case Outcome.Ok<Launch.Up>(var up) -> up(up);
      case Outcome.Failed<Launch.Up>(var failure) -> failed(failure, code);
    }
    settled.run();
  }

  private void up(Launch.Up up) {
    Instant now = standing.around.clock().instant();
    ending = new Ending();
    standing.move(standing.state().in(Moves.up(standing.life(), up.pid(), now)).on(up.sandbox()));
    runs();
    standing.publish("start");
    for (var ask : starting) {
      if (ask.request() instanceof ContainerRequest.Restart) {
        standing.publish("restart");
      }
      ask.answer(new Done());
    }
    starting.clear();
    if (early != null && early.pid() == up.pid()) {
      ended(early.pid(), early.exit());
    }
  }

  /** It runs: since just now, or it was found running. */
  void runs() {
    Instant since = Moves.since(standing.life());
    standing.uptime().begin(Duration.between(since, standing.around.clock().instant()));
    run.streams().began();
    run.health().begin();
    if (standing.keepsLog()) {
      var pace = LogLimits.of(standing.record().spec().log()).pace();
      timers.startTimerWithFixedDelay(Due.ROTATE, Due.ROTATE, pace);
    }
  }

  private void failed(Failure failure, int code) {
    Ended before = Moves.lastRun(beforeStart.life());
    var ended =
        new Ended(before.started(), before.finished(), code, false, failure.message(), false);
    boolean ownTry = starting.isEmpty();
    Instant now = standing.around.clock().instant();
    Optional<Duration> next =
        ownTry
            ? tries.next(new Ended(now, now, code, false, failure.message(), false), Duration.ZERO)
            : Optional.empty();
    rest(new Lifecycle.Exited(ended), next);
    run.streams().failed();
    waiters.exited(ended);
    if (standing.record().spec().autoRemove()) {
      ending.volumes = true;
      remove(() -> failAll(failure));
    } else {
      failAll(failure);
    }
  }

  private void failAll(Failure failure) {
    starting.forEach(ask -> ask.fail(failure));
    starting.clear();
  }

  private void rest(Lifecycle exited, Optional<Duration> next) {
    standing.move(standing.state().in(next.isPresent() ? Moves.retry(exited) : exited).on(null));
    next.ifPresent(tries::in);
  }

  /** The first process is gone. */
  void ended(int pid, ContainerRuntime.Exit exit) {
    if (launching) {
      early = new ContainerActor.Ended(pid, exit);
      return;
    }
    if (Moves.pid(standing.life()).orElse(-1) != pid) {
      return;
    }
    var ended =
        Ended.of(
            Moves.since(standing.life()), standing.around.clock().instant(), exit, ending.byUser);
    timers.cancel(Due.KILL);
    timers.cancel(Due.ROTATE);
    Lifecycle exited = Moves.exit(standing.life(), ended);
    boolean rests = ending.isDecided() || standing.record().spec().autoRemove();
    Optional<Duration> next =
        rests ? Optional.empty() : tries.next(ended, standing.uptime().now(), ending);
    rest(exited, next);
    run.execs().over();
    run.health().end();
    waiters.after(run.streams().ended());
    tellEnd(ended);
    leaving = true;
    teardown.leave();
    teardown.clear();
  }

  /** Tells the world of the end of a run. */
  void tellEnd(Ended ended) {
    if (ended.oomKilled()) {
      standing.publish("oom");
    }
    var attributes = new HashMap<String, String>();
    attributes.put("exitCode", Integer.toString(ended.code()));
    long seconds = Math.max(0, Duration.between(ended.started(), ended.finished()).toSeconds());
    attributes.put("execDuration", Long.toString(seconds));
    standing.publish("die", attributes);
    waiters.exited(ended);
  }

  void left() {
    leaving = false;
    Ending done = ending;
    ending = new Ending();
    new VolumeNews(standing.record(), standing.around).unmounted();
    if (!done.stopped.isEmpty() || !done.again.isEmpty()) {
      standing.publish("stop");
    }
    done.stopped.forEach(standing::answerWhenWritten);
    done.killed.forEach(standing::answerWhenWritten);
    boolean gone = standing.record().spec().autoRemove() && done.again.isEmpty();
    if (gone || !done.removed.isEmpty()) {
      ending.volumes = gone || done.volumes;
      ending.removed.addAll(done.removed);
      remove(() -> {});
    } else if (!done.again.isEmpty()) {
      starting.addAll(done.again);
      tries.afresh();
      launch();
    } else if (standing.life() instanceof Lifecycle.Exited) {
      run.streams().rests();
    }
    settled.run();
  }

  /** It waited for its next try and shall not have one. */
  void giveUp() {
    tries.noMore();
    standing.move(standing.state().in(Moves.stop(standing.life())));
    run.streams().rests();
  }

  /** Removes it, with the volumes if {@link #ending} says so. */
  void remove(Runnable after) {
    removal.begin(ending, after);
  }

  void removed(Outcome<Boolean> outcome) {
    removal.over(outcome);
    settled.run();
  }

  boolean isGone() {
    return removal.isGone();
  }

  /** Lets go of what a run that was found to be over still holds. */
  void clear() {
    teardown.clear();
  }

  boolean isAlive() {
    return Move.alive(standing.life());
  }
}
