package argosy.engine.container;

import argosy.engine.container.ContainerActor.Work;
import argosy.engine.container.admission.Limits;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.container.life.Signals;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Ask;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What users order of one container, one order at a time: those that come while a step is under way
 * wait for it. Belongs to the container's actor.
 */
final class Orders {
  private final Standing standing;
  private final Life life;
  private final Halt halt;
  private final Connections connections;
  private final Queue<Runnable> later = new ArrayDeque<>();
  private boolean working;

  Orders(Standing standing, Life life, Halt halt, Connections connections) {
    this.standing = standing;
    this.life = life;
    this.halt = halt;
    this.connections = connections;
  }

  /** Carries it out now or when its turn comes. */
  void take(Ask<ContainerRequest<?>> ask) {
    take(() -> now(ask));
  }

  /** As for a request; what works longer says so with {@link #works}. */
  void take(Runnable order) {
    if ((working || life.isBusy()) && !life.isGone()) {
      later.add(order);
    } else {
      order.run();
    }
  }

  /** An order works, and the others wait until it is over. */
  void works(boolean still) {
    working = still;
    if (!still) {
      goOn();
    }
  }

  /** A step is over. */
  void goOn() {
    while (!later.isEmpty() && (!working && !life.isBusy() || life.isGone())) {
      later.remove().run();
    }
  }

  private void now(Ask<ContainerRequest<?>> ask) {
    try {
      switch (ask.request()) {
        case ContainerRequest.Start(var reference) -> {
          check(Move.START, reference);
          life.start(ask);
        }
        case ContainerRequest.Stop(var reference, var signal, var timeout) -> {
          check(Move.STOP, reference);
          halt.stop(ask, signal, timeout);
        }
        case ContainerRequest.Restart(var reference, var signal, var timeout) ->
            restart(ask, reference, signal, timeout);
        case ContainerRequest.Kill(var reference, var signal) -> {
          check(Move.KILL, reference);
          halt.kill(ask, Signals.parse(signal, Signals.KILL));
        }
        case ContainerRequest.Pause(var reference) -> {
          check(Move.PAUSE, reference);
          work(ask, Work.PAUSE, () -> standing.around.runtime().pause(standing.id()));
        }
        case ContainerRequest.Unpause(var reference) -> {
          check(Move.UNPAUSE, reference);
          work(ask, Work.UNPAUSE, () -> standing.around.runtime().resume(standing.id()));
        }
        case ContainerRequest.Rename(var _, var name) -> rename(ask, name);
        case ContainerRequest.Remove remove -> remove(ask, remove);
        case ContainerRequest.Update update -> update(ask, update);
        case ContainerRequest.Publish publish -> connections.publish(ask, publish);
        case ContainerRequest<?> other ->
            ask.fail(new Failure.Internal("not an order: " + other.getClass().getSimpleName()));
      }
    } catch (Refused refused) {
      ask.fail(refused.failure());
    }
  }

  private void check(Move move, String reference) {
    move.refusal(standing.life(), standing.subject(reference))
        .ifPresent(failure -> {
          throw new Refused(failure);
        });
  }

  private void work(Ask<ContainerRequest<?>> ask, Work work, Runnable blocking) {
    working = true;
    standing.work(
        () -> {
          blocking.run();
          return new Done();
        },
        outcome -> new ContainerActor.Worked(ask, work, outcome));
  }

  /** A driver's call is over. */
  void worked(Ask<ContainerRequest<?>> ask, Work work, Outcome<?> outcome) {
    if (work != Work.SIGNAL) {
      working = false;
    }
    switch (outcome) {
      case Outcome.Ok<?> _ -> done(ask, work);
      case Outcome.Failed<?>(var failure) -> failed(ask, work, failure);
    }
    goOn();
  }

  private void done(Ask<ContainerRequest<?>> ask, Work work) {
    switch (work) {
      case SIGNAL -> {}
      case PAUSE -> {
        if (standing.life() instanceof Lifecycle.Running) {
          standing.move(standing.state().in(Moves.pause(standing.life())));
          standing.publish("pause");
        }
      }
      case UNPAUSE -> {
        if (standing.life() instanceof Lifecycle.Paused) {
          standing.move(standing.state().in(Moves.unpause(standing.life())));
          standing.publish("unpause");
        }
      }
      case RENAME -> {
        String old = standing.record().name();
        standing.change(standing.record().named(renaming(ask)));
        standing.publish("rename", Map.of("oldName", "/" + old));
        connections.renamed(ask);
        return;
      }
    }
    if (work == Work.SIGNAL) {
      signalled(ask);
    } else {
      ask.answer(new Done());
    }
  }

  private void signalled(Ask<ContainerRequest<?>> ask) {
    if (isKill(ask) && Move.alive(standing.life())) {
      life.ending().killed.add(ask);
    } else {
      standing.answerWhenWritten(ask);
    }
  }

  private static boolean isKill(Ask<ContainerRequest<?>> ask) {
    return ask.request() instanceof ContainerRequest.Kill(var _, var signal)
        && Signals.parse(signal, Signals.KILL) == Signals.KILL;
  }

  private void failed(Ask<ContainerRequest<?>> ask, Work work, Failure failure) {
    boolean gone = failure instanceof Failure.Conflict || !Move.alive(standing.life());
    if (work == Work.SIGNAL && gone) {
      signalled(ask); // it has ended by itself, which may not have been heard yet
    } else {
      if (work == Work.RENAME) {
        standing.tell(new ContainersActor.NotNamed(standing.id(), renaming(ask)));
      }
      ask.fail(failure);
    }
  }

  private void restart(
      Ask<ContainerRequest<?>> ask,
      String reference,
      @Nullable String signal,
      @Nullable Integer timeout) {
    if (Move.alive(standing.life())) {
      halt.again(ask, signal, timeout);
      return;
    }
    if (standing.life() instanceof Lifecycle.Restarting) {
      life.giveUp();
    }
    check(Move.START, reference);
    life.start(ask);
  }

  private void remove(Ask<ContainerRequest<?>> ask, ContainerRequest.Remove order) {
    boolean restarting = standing.life() instanceof Lifecycle.Restarting;
    boolean alive = Move.alive(standing.life());
    if (!order.force() || !alive && !restarting) {
      check(Move.REMOVE, order.reference());
    }
    Ending ending = life.ending();
    ending.removed.add(ask);
    ending.volumes |= order.volumes();
    standing.desire(false);
    if (alive) {
      halt.now();
    } else {
      life.remove(() -> {});
    }
  }

  private void rename(Ask<ContainerRequest<?>> ask, String name) {
    working = true;
    var next = standing.record().named(name);
    standing.context.pipeToSelf(
        standing.write(() -> standing.ledger.records().put(next.id(), next)),
        (_, thrown) ->
            new ContainerActor.Worked(
                ask,
                Work.RENAME,
                thrown == null ? Outcome.ok(new Done()) : Outcome.failed(thrown)));
  }

  private static String renaming(Ask<ContainerRequest<?>> ask) {
    return ask.request() instanceof ContainerRequest.Rename(var _, var name) ? name : "";
  }

  private void update(Ask<ContainerRequest<?>> ask, ContainerRequest.Update order) {
    boolean alive = Move.alive(standing.life());
    boolean runs = alive || standing.life() instanceof Lifecycle.Restarting;
    var around = standing.around;
    var kept = Limits.of(order.resources(), around.blueprints().site(around.runtime().runtimes()));
    var before = standing.record();
    var wanted = new ContainerRequest.Update(order.reference(), kept.resources(), order.restart());
    var next = Updating.over(before, wanted, runs);
    var records = standing.ledger.records();
    standing.change(next);
    working = true;
    var applied =
        standing.write(() ->
            Updating.apply(alive, around.runtime(), before, next, it -> records.put(it.id(), it)));
    standing.context.pipeToSelf(
        applied,
        (_, thrown) ->
            new ContainerActor.Updated(
                ask,
                before,
                thrown == null
                    ? Outcome.ok(new ContainerRequest.Created(next.id(), kept.warnings()))
                    : Outcome.failed(thrown)));
  }

  /** The limits are as asked, in the kernel and on the disk, or as they were before. */
  void updated(
      Ask<ContainerRequest<?>> ask,
      ContainerRecord before,
      Outcome<ContainerRequest.Created> outcome) {
    working = false;
    switch (outcome) {
      case Outcome.Ok<ContainerRequest.Created>(var done) -> {
        standing.publish("update");
        ask.answer(done);
      }
      case Outcome.Failed<ContainerRequest.Created>(var failure) -> {
        var back = standing.record().over(before.spec());
        standing.change(back);
        standing.write(() -> standing.ledger.records().put(back.id(), back));
        ask.fail(failure);
      }
    }
    goOn();
  }
}
