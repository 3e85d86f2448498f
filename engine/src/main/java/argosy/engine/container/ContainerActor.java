package argosy.engine.container;

import argosy.engine.container.Container.Health.Probe;
import argosy.engine.container.health.HealthCourse;
import argosy.engine.container.log.LogWatch;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.network.Attachment;
import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.StrictBehavior;
import argosy.engine.runtime.ContainerRuntime;
import argosy.engine.runtime.ContainerRuntime.Adopted;
import argosy.engine.runtime.ContainerRuntime.ExecProcess;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One container. It reads what the disk and the runtime know of it, tells the registry, and then
 * carries out what is asked; its parts decide, this class hands each message to the right one.
 */
final class ContainerActor extends StrictBehavior<ContainerActor.Command> {
  sealed interface Command {}

  /** A request of the public protocol about this container. */
  record Order(Ask<ContainerRequest<?>> ask) implements Command {}

  record Streamed(StreamOrder order) implements Command {}

  /** Everything around it is ready: go on where life left it. */
  record Settle(boolean engineStarts) implements Command {}

  /** It was removed, and the registry sends nobody here any more. */
  record Retire() implements Command {}

  /** What the disk and the runtime said. */
  record Found(Outcome<Recovered> recovered) implements Command {}

  /** {@code execs}: of a run that goes on. */
  record Recovered(ContainerRecord record, Recovery recovery, List<Adopted> execs) {}

  /** {@code code}: what the exit code is when it failed. */
  record Launched(Outcome<Launch.Up> outcome, int code) implements Command {}

  record Ended(int pid, ContainerRuntime.Exit exit) implements Command {}

  /** The network of a run that ended is given back. */
  record Left() implements Command {}

  record Removed(Outcome<Boolean> outcome) implements Command {}

  /** A driver's call for an order is over. */
  record Worked(Ask<ContainerRequest<?>> ask, Work work, Outcome<?> outcome) implements Command {}

  /** An update is applied, or was refused. */
  record Updated(
      Ask<ContainerRequest<?>> ask,
      ContainerRecord before,
      Outcome<ContainerRequest.Created> outcome)
      implements Command {}

  enum Work {
    SIGNAL,
    PAUSE,
    UNPAUSE,
    RENAME
  }

  /** It is to enter or to leave a network. */
  record Connecting(Ask<NetworkRequest<?>> ask) implements Command {}

  /** Its networks are other ones now, or it could not be done. */
  record Rewired(Ask<?> ask, Outcome<Attachment.Rewired> outcome) implements Command {}

  /** A reading is done: its outcome is the answer. */
  record Answer(Ask<ContainerRequest<?>> ask, Outcome<?> outcome) implements Command {}

  /** A signal of the engine's own was sent, or came too late. */
  record Signalled() implements Command {}

  record Sampled(Stats sample) implements Command {}

  record Probed(HealthCourse of, String exec, Probe probe) implements Command {}

  /** Timers, by what they are for. */
  enum Due implements Command {
    KILL,
    RETRY,
    PROBE,
    ROTATE,
    SAMPLE
  }

  record ExecUp(String exec, Outcome<ExecProcess> outcome) implements Command {}

  record ExecEnded(String exec, ContainerRuntime.Exit exit) implements Command {}

  record ForgetExec(String exec) implements Command {}

  /** Somebody pressed the detach keys; {@code exec} "" for the container's own streams. */
  record Detached(String exec) implements Command {}

  /** The actor of a record; {@code fresh}: just made, so that nothing need be looked up. */
  static Behavior<Command> create(
      Surroundings around,
      Standing.Ledger ledger,
      ActorRef<Containers.Command> registry,
      LogWatch watch,
      ContainerRecord record,
      boolean fresh) {
    var first = new AtomicBoolean(fresh);
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            Behaviors.withStash(
                10_000,
                stash -> {
                  var standing = new Standing(context, around, ledger, registry, record);
                  var actor = new ContainerActor(standing, watch, timers, stash);
                  return first.getAndSet(false) ? actor : actor.recovering();
                })));
  }

  private final Standing standing;
  private final StashBuffer<Command> stash;
  private final Life life;
  private final Execs execs;
  private final Streams streams;
  private final FileVisits visits;
  private final Freeze freeze;
  private final Commits commits;
  private final Readings readings;
  private final Sampling sampling;
  private final HealthWatch health;
  private final Waiters waiters = new Waiters();
  private final Orders orders;
  private final Connections connections;
  private final Halt halt;
  private final Comeback comeback;

  private ContainerActor(
      Standing standing,
      LogWatch watch,
      TimerScheduler<Command> timers,
      StashBuffer<Command> stash) {
    super(standing.context);
    this.standing = standing;
    this.stash = stash;
    this.streams = new Streams(standing, watch);
    this.visits = new FileVisits(standing);
    this.freeze = new Freeze(standing);
    this.commits = new Commits(standing, freeze);
    this.execs = new Execs(standing, timers);
    this.readings = new Readings(standing);
    this.sampling = new Sampling(standing, timers);
    this.health = new HealthWatch(standing, timers);
    this.life =
        new Life(standing, timers, new Life.Run(streams, execs, health), waiters, this::goOn);
    this.halt = new Halt(standing, timers, life);
    this.connections = new Connections(standing, this::works);
    this.orders = new Orders(standing, life, halt, connections);
    this.comeback = new Comeback(standing, life, execs, halt);
  }

  private void goOn() {
    orders.goOn();
  }

  private void works(boolean still) {
    orders.works(still);
  }

  private Behavior<Command> recovering() {
    standing.work(comeback::look, Found::new);
    return phase(this::whileRecovering);
  }

  private Behavior<Command> whileRecovering(Command command) {
    if (command instanceof Found(var recovered)) {
      switch (recovered) {
        case Outcome.Ok<Recovered>(var found) -> comeback.found(found);
        case Outcome.Failed<Recovered>(var failure) ->
            throw new IllegalStateException(failure.message());
      }
      return stash.unstashAll(this);
    }
    stash.stash(command);
    return Behaviors.same();
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Order(var ask) -> order(ask);
      case Streamed(var order) -> streamed(order);
      case Settle(var engineStarts) -> comeback.settle(engineStarts);
      case Retire() -> {
        return Behaviors.stopped();
      }
      case Found _ -> {}
      case Launched(var outcome, var code) -> life.launched(outcome, code);
      case Ended(var pid, var exit) -> life.ended(pid, exit);
      case Left() -> life.left();
      case Removed(var outcome) -> life.removed(outcome);
      case Worked(var ask, var work, var outcome) -> orders.worked(ask, work, outcome);
      case Connecting(var ask) -> orders.take(() -> connections.now(ask));
      case Rewired(var ask, var outcome) -> connections.rewired(ask, outcome);
      case Updated(var ask, var before, var outcome) -> orders.updated(ask, before, outcome);
      case Answer(var ask, var outcome) -> ask.complete(outcome);
      case Signalled() -> {}
      case Sampled(var sample) -> sampling.sampled(sample);
      case Probed(var of, var exec, var probe) -> {
        if (health.probed(of, exec, probe)) {
          halt.unhealthy(health.wasHealthy());
        }
      }
      case Due due -> due(due);
      case ExecUp(var exec, var outcome) -> execs.up(exec, outcome);
      case ExecEnded(var exec, var exit) -> execs.ended(exec, exit);
      case ForgetExec(var exec) -> execs.forget(exec);
      case Detached(var exec) -> execs.detached(exec);
    }
    return Behaviors.same();
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      streams.close();
      sampling.close();
      return Behaviors.same();
    }
    return super.onSignal(signal);
  }

  private void due(Due due) {
    switch (due) {
      case KILL -> halt.overdue();
      case RETRY -> life.retry();
      case PROBE -> health.probe();
      case ROTATE -> streams.rotate();
      case SAMPLE -> sampling.take();
    }
  }

  private void order(Ask<ContainerRequest<?>> ask) {
    try {
      switch (ask.request()) {
        case ContainerRequest.Create _, ContainerRequest.Find _, ContainerRequest.Prune _ ->
            ask.fail(new Failure.Internal("this is for the registry"));
        case ContainerRequest.Inspect inspect -> readings.inspect(ask, inspect);
        case ContainerRequest.Top top -> readings.top(ask, top);
        case ContainerRequest.Changes _ -> readings.changes(ask);
        case ContainerRequest.Commit commit -> commits.commit(ask, commit);
        case ContainerRequest.Resize resize -> readings.resize(ask, resize);
        case ContainerRequest.CreateExec create -> execs.create(ask, create);
        case ContainerRequest.InspectExec inspect -> execs.inspect(ask, inspect);
        case ContainerRequest.ResizeExec resize -> execs.resize(ask, resize);
        case ContainerRequest.Start _,
            ContainerRequest.Stop _,
            ContainerRequest.Restart _,
            ContainerRequest.Kill _,
            ContainerRequest.Pause _,
            ContainerRequest.Unpause _,
            ContainerRequest.Rename _,
            ContainerRequest.Remove _,
            ContainerRequest.Update _,
            ContainerRequest.Publish _ ->
            orders.take(ask);
      }
    } catch (Refused refused) {
      ask.fail(refused.failure());
    }
  }

  private void streamed(StreamOrder order) {
    try {
      switch (order) {
        case StreamOrder.Attach attach -> streams.attach(attach);
        case StreamOrder.ReadLogs logs -> streams.logs(logs);
        case StreamOrder.Await await -> waiters.await(await, standing.life());
        case StreamOrder.Sample sample -> sampling.listen(sample);
        case StreamOrder.Still still -> freeze.take(still);
        case StreamOrder.RunExec run -> execs.start(run);
        case StreamOrder.Visit<?> visit -> visits.visit(visit);
      }
    } catch (Refused refused) {
      order.refuse(refused.failure());
    }
  }
}
