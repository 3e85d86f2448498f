package argosy.engine.volume;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.Filters;
import argosy.engine.protocol.StrictBehavior;
import argosy.engine.volume.VolumeRequest.Volume;
import argosy.engine.volume.VolumeStore.Found;
import argosy.engine.volume.Volumes.Asked;
import argosy.engine.volume.Volumes.Changed;
import argosy.engine.volume.Volumes.Command;
import argosy.engine.volume.Volumes.Copied;
import argosy.engine.volume.Volumes.Loaded;
import argosy.engine.volume.Volumes.Surroundings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;

/**
 * The volumes of this host at work: first it reads what there is, then it takes orders; one that
 * makes or removes a volume holds up the others. Mounts, measures and copies hold up nobody.
 */
final class VolumesActor extends StrictBehavior<Command> {
  private final Surroundings around;
  private final VolumeStore store;
  private final VolumeTable table = new VolumeTable();
  private final VolumeMaking making;
  private final VolumeRemoval removal;
  private final StashBuffer<Command> waiting;

  VolumesActor(ActorContext<Command> context, StashBuffer<Command> waiting, Surroundings around) {
    super(context);
    this.waiting = waiting;
    this.around = around;
    this.store = around.store();
    Turn turn = turn();
    this.making = new VolumeMaking(around, table, turn);
    this.removal = new VolumeRemoval(around, table, turn);
  }

  /** Begins to read what there is; until that is known all else waits. */
  Behavior<Command> loading() {
    work(store::load, Loaded::new);
    return phase(this::whileBusy);
  }

  /** A change or the first reading is under way: answers what it can, keeps the rest. */
  private Behavior<Command> whileBusy(Command command) {
    return switch (command) {
      case Loaded(Outcome.Ok<Found>(var found)) -> {
        found.volumes().forEach(table::add);
        removal.sweep(found.leftovers());
        yield waiting.unstashAll(this);
      }
      case Loaded(Outcome.Failed<Found>(var failure)) ->
          throw new IllegalStateException(failure.message());
      case Changed(var conclusion) -> {
        conclusion.run();
        yield waiting.unstashAll(this);
      }
      case Asked _, VolumeUse _, Copied _ -> {
        waiting.stash(command);
        yield Behaviors.same();
      }
    };
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Asked(var ask) -> asked(ask);
      case VolumeUse use -> used(use);
      case Copied copied -> making.copied(copied);
      case Loaded _, Changed _ -> Behaviors.unhandled();
    };
  }

  private Behavior<Command> asked(Ask<VolumeRequest<?>> ask) {
    try {
      return switch (ask.request()) {
        case VolumeRequest.Find(var filters) ->
            answer(ask, new VolumeRequest.Listed(table.list(new Filters(filters))));
        case VolumeRequest.Inspect(var name) -> answer(ask, table.get(name));
        case VolumeRequest.Create create -> making.create(create, ask::complete);
        case VolumeRequest.Clone(var source, var name, var labels) ->
            making.copy(table.get(source), name, labels, ask::complete);
        case VolumeRequest.Remove(var name, var force) ->
            removal.remove(name, force, ask::complete);
        case VolumeRequest.Prune(var all, var filters) ->
            removal.prune(table.prunable(all, new Filters(filters)), ask);
        case VolumeRequest.Measure() -> measure(ask);
      };
    } catch (Refused refused) {
      ask.fail(refused.failure());
      return Behaviors.same();
    }
  }

  private static Behavior<Command> answer(Ask<VolumeRequest<?>> ask, Object value) {
    ask.answer(value);
    return Behaviors.same();
  }

  private Behavior<Command> used(VolumeUse use) {
    return switch (use) {
      case VolumeUse.Acquire acquire -> making.acquire(acquire);
      case VolumeUse.Release(var container, var anonymous, var replyTo) -> {
        var held = table.release(container);
        yield removal.clear(anonymous ? held : List.of(), replyTo::tell);
      }
      case VolumeUse.Mount mount -> mount(mount);
      case VolumeUse.Unmount(var user, var replyTo) ->
          aside(() -> store.mounts().leave(user), replyTo);
      case VolumeUse.Settle(var unwanted, var replyTo) -> settle(unwanted, replyTo);
      case VolumeUse.Look(var name, var replyTo) -> reply(replyTo, () -> table.get(name));
      case VolumeUse.Visit(var name, var visitor, var replyTo) ->
          reply(replyTo, () -> visited(name, visitor));
      case VolumeUse.Stage(var wanted, var replyTo) -> reply(replyTo, () -> making.stage(wanted));
      case VolumeUse.Bring(var wanted, var staged, var replyTo) ->
          making.bring(wanted, staged, replyTo::tell);
      case VolumeUse.Drop(var staged, var replyTo) -> aside(() -> store.sweep(staged), replyTo);
    };
  }

  private static <T> Behavior<Command> reply(ActorRef<Outcome<T>> replyTo, Supplier<T> value) {
    Outcome<T> outcome;
    try {
      outcome = Outcome.ok(value.get());
    } catch (Refused refused) {
      outcome = Outcome.failed(refused.failure());
    }
    replyTo.tell(outcome);
    return Behaviors.same();
  }

  private Volume visited(String name, String visitor) {
    Volume volume = table.get(name);
    table.hold(name, visitor);
    return volume;
  }

  private Behavior<Command> mount(VolumeUse.Mount mount) {
    var held = table.heldBy(mount.container()).stream().filter(VolumeMounts::concerns).toList();
    if (held.isEmpty()) {
      mount.replyTo().tell(Outcome.ok(new Done()));
      return Behaviors.same();
    }
    return aside(
        () -> {
          if (mount.running()) {
            store.mounts().adopt(held, mount.user());
          } else {
            store.mounts().use(held, mount.user());
          }
        },
        mount.replyTo());
  }

  private Behavior<Command> settle(List<String> unwanted, ActorRef<Outcome<Done>> replyTo) {
    var all = table.all();
    around.aside(() -> store.mounts().settle(all), _ -> {});
    return removal.clear(
        unwanted.stream().flatMap(name -> table.find(name).stream()).toList(), replyTo::tell);
  }

  private Behavior<Command> aside(Runnable work, ActorRef<Outcome<Done>> replyTo) {
    around.aside(work, replyTo::tell);
    return Behaviors.same();
  }

  /**
   * Beside everything else: reading many files takes a while and changes nothing. As with Docker,
   * what has options of its own lies somewhere else and is not counted.
   */
  private Behavior<Command> measure(Ask<VolumeRequest<?>> ask) {
    var volumes = table.all().stream().filter(volume -> volume.options().isEmpty()).toList();
    CompletableFuture.supplyAsync(() -> store.measure(volumes), around.executor())
        .whenComplete((sized, failed) -> {
          if (failed != null) {
            ask.fail(Refused.failureOf(failed));
          } else {
            ask.answer(new VolumeRequest.Measured(sized));
          }
        });
    return Behaviors.same();
  }

  private <T> void work(Supplier<T> work, Function<Outcome<T>, Command> told) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(work, around.executor()),
            (value, failed) ->
                told.apply(failed == null ? Outcome.ok(value) : Outcome.failed(failed)));
  }

  private Turn turn() {
    return new Turn() {
      @Override
      public <T> Behavior<Command> change(Supplier<T> work, Consumer<Outcome<T>> conclusion) {
        work(work, outcome -> new Changed(() -> conclusion.accept(outcome)));
        return phase(VolumesActor.this::whileBusy);
      }

      @Override
      public <T> void work(Supplier<T> work, Function<Outcome<T>, Command> told) {
        VolumesActor.this.work(work, told);
      }
    };
  }
}
