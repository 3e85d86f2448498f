package argosy.engine.container;

import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.ContainerActor.Due;
import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.container.life.RestartRule;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Ask;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
  private static final Duration ROTATION = Duration.ofSeconds(5);

  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private final Run run;
  private final Waiters waiters;
  private final Runnable settled;
  private final List<Ask<ContainerRequest<?>>> starting = new ArrayList<>();
  private Ending ending = new Ending();
  private ContainerState beforeStart = ContainerState.FRESH;
  private ContainerActor.@Nullable Ended early;
  private CompletableFuture<Void> cleared = CompletableFuture.completedFuture(null);
  private Duration wait = Duration.ZERO;
  private boolean launching;
  private boolean leaving;
  private boolean removing;

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
  }

  /** A step is under way that orders must wait for. */
  boolean isBusy() {
    return launching || leaving || removing;
  }

  Ending ending() {
    return ending;
  }

  /** A user wants it to run; answered when it does. */
  void start(Ask<ContainerRequest<?>> ask) {
    starting.add(ask);
    wait = Duration.ZERO;
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

  /** It rests, and the engine's start brings it up again. */
  void again() {
    launch();
  }

  private void launch() {
    beforeStart = standing.state();
    launching = true;
    early = null;
    var desiring = desire(true);
    standing.pass(standing.state().in(Moves.start(standing.life())));
    var self = standing.context.getSelf();
    var launch =
        new Launch(
            standing.record(),
            standing.around,
            standing.errands,
            CompletableFuture.allOf(cleared, standing.written()),
            run.streams().waiting(),
            sandbox -> standing.ledger.states().put(standing.id(), beforeStart.on(sandbox), false),
            (pid, exit) -> self.tell(new ContainerActor.Ended(pid, exit)),
            standing::pidOf);
    standing.context.pipeToSelf(
        CompletableFuture.supplyAsync(launch::run, standing.around.blocking())
            .thenCombine(desiring, (up, _) -> up),
        (up, thrown) -> Life.launched(up, thrown));
  }

  private static Command launched(Launch.@Nullable Up up, @Nullable Throwable thrown) {
    if (up != null) {
      return new ContainerActor.Launched(Outcome.ok(up), 0);
    }
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof Launch.Failed failed
        ? new ContainerActor.Launched(Outcome.failed(failed.why().failure()), failed.why().code())
        : new ContainerActor.Launched(
            Outcome.failed(cause == null ? new IllegalStateException("no answer") : cause), 128);
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
    run.streams().began();
    run.health().begin();
    if (standing.keepsLog()) {
      timers.startTimerWithFixedDelay(Due.ROTATE, Due.ROTATE, ROTATION);
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
            ? nextTry(new Ended(now, now, code, false, failure.message(), false))
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

  private Optional<Duration> nextTry(Ended ended) {
    return RestartRule.afterExit(
        standing.record().spec().restart(), ended, standing.state().restartCount(), wait);
  }

  private void rest(Lifecycle exited, Optional<Duration> next) {
    standing.move(standing.state().in(next.isPresent() ? Moves.retry(exited) : exited).on(null));
    next.ifPresent(delay -> {
      wait = delay;
      timers.startSingleTimer(Due.RETRY, Due.RETRY, delay);
    });
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
        new Ended(
            Moves.since(standing.life()),
            standing.around.clock().instant(),
            exit.code(),
            exit.oomKilled(),
            "",
            ending.byUser);
    timers.cancel(Due.KILL);
    timers.cancel(Due.ROTATE);
    Lifecycle exited = Moves.exit(standing.life(), ended);
    boolean rests = ending.isDecided() || standing.record().spec().autoRemove();
    Optional<Duration> next = rests ? Optional.empty() : nextTry(ended);
    rest(exited, next);
    run.execs().over();
    run.health().end();
    run.streams().ended();
    tellEnd(ended);
    leave();
    clear();
  }

  /** Tells the world of the end of a run. */
  void tellEnd(Ended ended) {
    if (ended.oomKilled()) {
      standing.publish("oom");
    }
    var attributes = new HashMap<String, String>();
    attributes.put("exitCode", Integer.toString(ended.code()));
    long seconds = Duration.between(ended.started(), ended.finished()).toSeconds();
    attributes.put("execDuration", Long.toString(seconds));
    standing.publish("die", attributes);
    waiters.exited(ended);
  }

  private void leave() {
    leaving = true;
    standing.work(
        () -> {
          standing.errands.leave(standing.id());
          return true;
        },
        _ -> new ContainerActor.Left());
  }

  /** Lets go of what a run that is over still holds, behind everybody's back. */
  void clear() {
    String id = standing.id();
    var around = standing.around;
    cleared =
        cleared
            .exceptionally(_ -> null)
            .thenRunAsync(
                () -> {
                  around.runtime().delete(id);
                  around.roots().unmount(id);
                },
                around.blocking())
            .exceptionally(failure -> {
              LOG.warn("clearing up after container {}: {}", id, failure.toString());
              return null;
            });
  }

  void left() {
    leaving = false;
    Ending done = ending;
    ending = new Ending();
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
      wait = Duration.ZERO;
      launch();
    } else if (standing.life() instanceof Lifecycle.Exited) {
      run.streams().rests();
    }
    settled.run();
  }

  /** It waited for its next try and shall not have one. */
  void giveUp() {
    timers.cancel(Due.RETRY);
    standing.move(standing.state().in(Moves.stop(standing.life())));
    run.streams().rests();
  }

  private @Nullable Runnable afterRemoval;

  /** Removes it: gone for everybody when this answers, its files soon after. */
  void remove(Runnable after) {
    removing = true;
    afterRemoval = after;
    timers.cancel(Due.RETRY);
    standing.pass(standing.state().in(Moves.remove(standing.life())));
    boolean volumes = ending.volumes;
    String id = standing.id();
    var written = standing.written();
    standing.work(
        () -> {
          written.join();
          standing.ledger.records().remove(id);
          standing.errands.releaseImage(id);
          standing.errands.releaseVolumes(id, volumes);
          return true;
        },
        ContainerActor.Removed::new);
  }

  void removed(Outcome<Boolean> outcome) {
    Ended ended = Moves.lastRun(standing.life());
    switch (outcome) {
      case Outcome.Ok<Boolean> _ -> {
        standing.publish("destroy");
        standing.tell(new ContainersActor.Gone(standing.id()));
        run.streams().failed();
        run.streams().rests();
        waiters.removed(ended);
        ending.removed.forEach(ask -> ask.answer(new Done()));
        standing.purge(cleared);
      }
      case Outcome.Failed<Boolean>(var failure) -> {
        removing = false;
        var why =
            new Ended(
                ended.started(),
                ended.finished(),
                ended.code(),
                ended.oomKilled(),
                failure.message(),
                ended.byUser());
        standing.move(standing.state().in(new Lifecycle.Dead(why)));
        ending.removed.forEach(ask -> ask.fail(failure));
      }
    }
    ending.removed.clear();
    if (afterRemoval != null) {
      afterRemoval.run();
    }
    settled.run();
  }

  boolean isGone() {
    return removing && standing.life() instanceof Lifecycle.Removing;
  }

  /** Notes on disk whether it should run, where its policy makes that outlive the engine. */
  CompletableFuture<Void> desire(boolean running) {
    var record = standing.record();
    boolean kept = record.spec().restart().name() != RestartPolicy.Name.NO;
    boolean desired = running && kept;
    if (record.desired() == desired) {
      return CompletableFuture.completedFuture(null);
    }
    var next = record.wanted(desired);
    standing.change(next);
    return standing
        .write(() -> standing.ledger.records().put(next.id(), next))
        .exceptionally(_ -> null);
  }

  boolean isAlive() {
    return Move.alive(standing.life());
  }
}
