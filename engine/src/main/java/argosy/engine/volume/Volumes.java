package argosy.engine.volume;

import argosy.engine.EngineConfig;
import argosy.engine.event.Event;
import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.Filters;
import argosy.engine.protocol.StrictBehavior;
import argosy.engine.volume.VolumeRequest.Volume;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;

/**
 * The registry of this host's volumes. One change at a time is on its way to the disk and the next
 * waits for it: a change is a directory and a small record. What is deleted is renamed out of sight
 * first and its files go behind.
 */
public final class Volumes extends StrictBehavior<Volumes.Command> {
  private static final int WAITING = 10_000;

  /** What it receives. */
  public sealed interface Command permits Asked, VolumeUse, Loaded, Changed, Copied {}

  /** A request of the public protocol. */
  public record Asked(Ask<VolumeRequest<?>> ask) implements Command {}

  private record Loaded(Outcome<List<Volume>> volumes) implements Command {}

  private record Changed(Runnable conclusion) implements Command {}

  private record Copied(
      VolumeRequest.Create wanted,
      String visitor,
      Outcome<Path> staged,
      Consumer<Outcome<Volume>> then)
      implements Command {}

  private final VolumeStore store;
  private final VolumeTable table = new VolumeTable();
  private final ActorRef<Events.Command> events;
  private final Executor executor;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom chance = new SecureRandom();
  private final StashBuffer<Command> waiting;

  /** {@code executor}: where the disk is touched. */
  public static Behavior<Command> create(
      EngineConfig config, ActorRef<Events.Command> events, Executor executor) {
    var mounts = new VolumeMounts(new KernelMounts());
    var store = new VolumeStore(config.dataRoot().resolve("volumes"), mounts);
    return Behaviors.setup(context ->
        Behaviors.withStash(
            WAITING, waiting -> new Volumes(context, waiting, store, events, executor).loading()));
  }

  /** The streams of the volumes behind that registry. */
  public static VolumeStreams streams(ActorRef<Command> volumes, ActorSystem<?> system) {
    return new VolumeArchives(volumes, system);
  }

  private Volumes(
      ActorContext<Command> context,
      StashBuffer<Command> waiting,
      VolumeStore store,
      ActorRef<Events.Command> events,
      Executor executor) {
    super(context);
    this.waiting = waiting;
    this.store = store;
    this.events = events;
    this.executor = executor;
  }

  private Behavior<Command> loading() {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(store::load, executor),
            (volumes, failed) ->
                new Loaded(failed == null ? Outcome.ok(volumes) : Outcome.failed(failed)));
    return phase(this::whileBusy);
  }

  /** A change or the first reading is under way: answers what it can, keeps the rest. */
  private Behavior<Command> whileBusy(Command command) {
    return switch (command) {
      case Loaded(Outcome.Ok<List<Volume>>(var volumes)) -> {
        volumes.forEach(table::add);
        yield waiting.unstashAll(this);
      }
      case Loaded(Outcome.Failed<List<Volume>>(var failure)) ->
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
      case VolumeUse.Acquire acquire -> acquire(acquire);
      case VolumeUse.Release(var container, var anonymous, var replyTo) ->
          release(container, anonymous, replyTo);
      case VolumeUse.Mount mount -> mount(mount);
      case VolumeUse.Look(var name, var replyTo) -> {
        replyTo.tell(outcome(() -> table.get(name)));
        yield Behaviors.same();
      }
      case VolumeUse.Visit(var name, var visitor, var replyTo) -> {
        replyTo.tell(
            outcome(() -> {
              table.get(name);
              table.hold(name, visitor);
              return table.get(name);
            }));
        yield Behaviors.same();
      }
      case VolumeUse.Stage(var wanted, var replyTo) -> {
        replyTo.tell(
            outcome(() -> {
              draft(wanted);
              return store.stage();
            }));
        yield Behaviors.same();
      }
      case VolumeUse.Bring(var wanted, var staged, var replyTo) ->
          bring(wanted, staged, replyTo::tell);
      case VolumeUse.Drop(var staged, var replyTo) -> aside(() -> store.sweep(staged), replyTo);
      case Copied copied -> copied(copied);
      case VolumeUse.Unmount(var user, var replyTo) ->
          aside(() -> store.mounts().leave(user), replyTo);
      case VolumeUse.Settle(var unwanted, var replyTo) -> settle(unwanted, replyTo);
      case Loaded _, Changed _ -> Behaviors.unhandled();
    };
  }

  private Behavior<Command> asked(Ask<VolumeRequest<?>> ask) {
    try {
      return switch (ask.request()) {
        case VolumeRequest.Find(var filters) ->
            answer(ask, new VolumeRequest.Listed(table.list(new Filters(filters))));
        case VolumeRequest.Inspect(var name) -> answer(ask, table.get(name));
        case VolumeRequest.Create create -> create(create, ask::complete);
        case VolumeRequest.Clone(var source, var name, var labels) ->
            copy(table.get(source), name, labels, ask::complete);
        case VolumeRequest.Remove(var name, var force) -> remove(name, force, ask);
        case VolumeRequest.Prune(var all, var filters) ->
            prune(table.prunable(all, new Filters(filters)), ask);
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

  /**
   * Beside everything else: reading many files takes a while and changes nothing. As with Docker,
   * what has options of its own lies somewhere else and is not counted.
   */
  private Behavior<Command> measure(Ask<VolumeRequest<?>> ask) {
    var volumes = table.all().stream().filter(volume -> volume.options().isEmpty()).toList();
    CompletableFuture.supplyAsync(() -> store.measure(volumes), executor)
        .whenComplete((sized, failed) -> {
          if (failed != null) {
            ask.fail(Refused.failureOf(failed));
          } else {
            ask.answer(new VolumeRequest.Measured(sized));
          }
        });
    return Behaviors.same();
  }

  private Behavior<Command> create(VolumeRequest.Create wanted, Consumer<Outcome<Volume>> then) {
    var known = table.find(wanted.name());
    Volume volume = VolumeDraft.of(wanted, store.root(), clock.instant(), chance);
    if (known.isPresent()) {
      then.accept(Outcome.ok(known.get()));
      return Behaviors.same();
    }
    return change(
        () -> {
          store.create(volume);
          return volume;
        },
        outcome -> made(outcome, then));
  }

  /** What is to be made and is not there yet. */
  private Volume draft(VolumeRequest.Create wanted) {
    Volume volume = VolumeDraft.of(wanted, store.root(), clock.instant(), chance);
    if (table.find(volume.name()).isPresent()) {
      throw new Refused(
          new Failure.Conflict("create %s: the volume is there already".formatted(wanted.name())));
    }
    return volume;
  }

  /** The copying goes on beside everything else. */
  private Behavior<Command> copy(
      Volume source, String name, Map<String, String> labels, Consumer<Outcome<Volume>> then) {
    var kept = new HashMap<>(labels.isEmpty() ? source.labels() : labels);
    kept.remove(VolumeDraft.ANONYMOUS);
    var wanted = new VolumeRequest.Create(name, "local", Map.of(), kept);
    draft(wanted);
    String visitor = "a clone " + UUID.randomUUID().toString().substring(0, 8);
    table.hold(source.name(), visitor);
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> store.copy(source, visitor), executor),
            (staged, failed) ->
                new Copied(
                    wanted,
                    visitor,
                    failed == null ? Outcome.ok(staged) : Outcome.failed(failed),
                    then));
    return Behaviors.same();
  }

  private Behavior<Command> copied(Copied copied) {
    table.release(copied.visitor());
    return switch (copied.staged()) {
      case Outcome.Ok<Path>(var staged) -> bring(copied.wanted(), staged, copied.then());
      case Outcome.Failed<Path>(var failure) -> {
        copied.then().accept(Outcome.failed(failure));
        yield Behaviors.same();
      }
    };
  }

  private Behavior<Command> bring(
      VolumeRequest.Create wanted, Path staged, Consumer<Outcome<Volume>> then) {
    return switch (outcome(() -> draft(wanted))) {
      case Outcome.Failed<Volume> failed -> {
        aside(() -> store.sweep(staged), getContext().getSystem().ignoreRef());
        then.accept(failed);
        yield Behaviors.same();
      }
      case Outcome.Ok<Volume>(var volume) ->
          change(
              () -> {
                store.bring(volume, staged);
                return volume;
              },
              outcome -> made(outcome, then));
    };
  }

  private void made(Outcome<Volume> outcome, Consumer<Outcome<Volume>> then) {
    if (outcome instanceof Outcome.Ok<Volume>(var made)) {
      table.add(made);
      publish("create", made.name(), Map.of("driver", made.driver()));
    }
    then.accept(outcome);
  }

  private static <T> Outcome<T> outcome(Supplier<T> work) {
    try {
      return Outcome.ok(work.get());
    } catch (Refused refused) {
      return Outcome.failed(refused.failure());
    }
  }

  private Behavior<Command> remove(String name, boolean force, Ask<VolumeRequest<?>> ask) {
    if (force && table.find(name).isEmpty()) {
      return answer(ask, new Done());
    }
    return takeAway(
        List.of(table.removable(name)), (gone, swept) -> ask.complete(gone.map(_ -> new Done())));
  }

  private Behavior<Command> prune(List<Volume> volumes, Ask<VolumeRequest<?>> ask) {
    List<String> names = volumes.stream().map(Volume::name).toList();
    return takeAway(
        volumes,
        (gone, swept) -> {
          if (gone instanceof Outcome.Failed<?>(var failure)) {
            ask.fail(failure);
            return;
          }
          swept.whenComplete((bytes, failed) -> {
            if (failed != null) {
              ask.fail(Refused.failureOf(failed));
            } else {
              publish("prune", "", Map.of("reclaimed", Long.toString(bytes)));
              ask.answer(new VolumeRequest.Pruned(names, bytes));
            }
          });
        });
  }

  private Behavior<Command> acquire(VolumeUse.Acquire acquire) {
    try {
      return create(
          acquire.wanted(),
          outcome -> {
            if (outcome instanceof Outcome.Ok<Volume>(var volume)) {
              table.hold(volume.name(), acquire.container());
            }
            acquire.replyTo().tell(outcome);
          });
    } catch (Refused refused) {
      acquire.replyTo().tell(Outcome.failed(refused.failure()));
      return Behaviors.same();
    }
  }

  private Behavior<Command> release(
      String container, boolean anonymous, ActorRef<Outcome<Done>> replyTo) {
    List<Volume> unwanted =
        table.release(container).stream()
            .filter(volume -> anonymous && volume.anonymous() && table.idle(volume))
            .toList();
    return takeAway(unwanted, (gone, _) -> replyTo.tell(gone.map(_ -> new Done())));
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
    List<Volume> idle =
        unwanted.stream()
            .flatMap(name -> table.find(name).stream())
            .filter(volume -> volume.anonymous() && table.idle(volume))
            .toList();
    var all = table.all();
    aside(() -> store.mounts().settle(all), getContext().getSystem().ignoreRef());
    return takeAway(idle, (gone, _) -> replyTo.tell(gone.map(_ -> new Done())));
  }

  /** Beside everything else: a mount may wait for a server that is silent. */
  private Behavior<Command> aside(Runnable work, ActorRef<Outcome<Done>> replyTo) {
    CompletableFuture.runAsync(work, executor)
        .whenComplete((_, failed) ->
            replyTo.tell(failed == null ? Outcome.ok(new Done()) : Outcome.failed(failed)));
    return Behaviors.same();
  }

  /** How a removal is told: that it is out of sight, and the bytes once they are swept up. */
  private interface Removed {
    void tell(Outcome<List<Path>> gone, CompletionStage<Long> swept);
  }

  private Behavior<Command> takeAway(List<Volume> volumes, Removed then) {
    if (volumes.isEmpty()) {
      then.tell(Outcome.ok(List.of()), CompletableFuture.completedStage(0L));
      return Behaviors.same();
    }
    return change(
        () -> store.takeAway(volumes), outcome -> then.tell(outcome, swept(volumes, outcome)));
  }

  private CompletionStage<Long> swept(List<Volume> volumes, Outcome<List<Path>> outcome) {
    return switch (outcome) {
      case Outcome.Failed<List<Path>> _ -> CompletableFuture.completedStage(0L);
      case Outcome.Ok<List<Path>>(var gone) -> {
        for (Volume volume : volumes) {
          table.forget(volume.name());
          publish("destroy", volume.name(), Map.of("driver", volume.driver()));
        }
        var log = getContext().getLog();
        yield CompletableFuture.supplyAsync(
                () -> gone.stream().mapToLong(store::sweep).sum(), executor)
            .whenComplete((_, failed) -> {
              if (failed != null) {
                log.warn("a removed volume's files stay until the next start", failed);
              }
            });
      }
    };
  }

  private <T> Behavior<Command> change(Supplier<T> work, Consumer<Outcome<T>> conclusion) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(work, executor),
            (value, failed) ->
                new Changed(() ->
                    conclusion.accept(
                        failed == null ? Outcome.ok(value) : Outcome.failed(failed))));
    return phase(this::whileBusy);
  }

  private void publish(String action, String volume, Map<String, String> attributes) {
    events.tell(
        new Events.Publish(new Event("volume", action, volume, attributes, clock.instant())));
  }
}
