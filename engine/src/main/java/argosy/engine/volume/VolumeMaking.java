package argosy.engine.volume;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.volume.VolumeRequest.Volume;
import argosy.engine.volume.Volumes.Command;
import argosy.engine.volume.Volumes.Copied;
import argosy.engine.volume.Volumes.Surroundings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Volumes made: empty, of what was staged, or as the clone of another. Part of one actor. */
final class VolumeMaking {
  private final Surroundings around;
  private final VolumeStore store;
  private final VolumeTable table;
  private final Turn turn;

  VolumeMaking(Surroundings around, VolumeTable table, Turn turn) {
    this.around = around;
    this.store = around.store();
    this.table = table;
    this.turn = turn;
  }

  /** Makes it unless it is there already. */
  Behavior<Command> create(VolumeRequest.Create wanted, Consumer<Outcome<Volume>> then) {
    return create(wanted, drawn(wanted, () -> VolumeDraft.randomName(around.chance())), then);
  }

  private Behavior<Command> create(
      VolumeRequest.Create wanted, Volume volume, Consumer<Outcome<Volume>> then) {
    var known = table.find(wanted.name());
    if (known.isPresent()) {
      then.accept(Outcome.ok(known.get()));
      return Behaviors.same();
    }
    return turn.change(
        () -> {
          store.create(volume);
          return volume;
        },
        outcome -> made(outcome, then));
  }

  /** As {@link VolumeUse.Acquire}. */
  Behavior<Command> acquire(VolumeUse.Acquire acquire) {
    try {
      return create(
          acquire.wanted(),
          drawn(acquire.wanted(), acquire::unnamed),
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

  /** As {@link VolumeUse.Stage}; throws Refused. */
  Path stage(VolumeRequest.Create wanted) {
    draft(wanted);
    return store.stage();
  }

  /** As {@link VolumeUse.Bring}. */
  Behavior<Command> bring(
      VolumeRequest.Create wanted, Path staged, Consumer<Outcome<Volume>> then) {
    Volume volume;
    try {
      volume = draft(wanted);
    } catch (Refused refused) {
      around.aside(() -> store.sweep(staged), _ -> {});
      then.accept(Outcome.failed(refused.failure()));
      return Behaviors.same();
    }
    return turn.change(
        () -> {
          store.bring(volume, staged);
          return volume;
        },
        outcome -> made(outcome, then));
  }

  /** The copying goes on beside everything else; {@link #copied} makes a volume of it. */
  Behavior<Command> copy(
      Volume source, String name, Map<String, String> labels, Consumer<Outcome<Volume>> then) {
    var kept = new HashMap<>(labels.isEmpty() ? source.labels() : labels);
    kept.remove(VolumeDraft.ANONYMOUS);
    var wanted = new VolumeRequest.Create(name, "local", Map.of(), kept);
    draft(wanted);
    String visitor = "a clone " + UUID.randomUUID().toString().substring(0, 8);
    table.hold(source.name(), visitor);
    turn.work(
        () -> store.copy(source, visitor), staged -> new Copied(wanted, visitor, staged, then));
    return Behaviors.same();
  }

  /** Goes on with what {@link #copy} began. */
  Behavior<Command> copied(Copied copied) {
    table.release(copied.visitor());
    return switch (copied.staged()) {
      case Outcome.Ok<Path>(var staged) -> bring(copied.wanted(), staged, copied.then());
      case Outcome.Failed<Path>(var failure) -> {
        copied.then().accept(Outcome.failed(failure));
        yield Behaviors.same();
      }
    };
  }

  private Volume drawn(VolumeRequest.Create wanted, Supplier<String> unnamed) {
    return VolumeDraft.of(wanted, store.root(), around.clock().instant(), unnamed);
  }

  /** What is to be made and is not there yet. */
  private Volume draft(VolumeRequest.Create wanted) {
    Volume volume = drawn(wanted, () -> VolumeDraft.randomName(around.chance()));
    if (table.find(volume.name()).isPresent()) {
      throw new Refused(
          new Failure.Conflict("create %s: the volume is there already".formatted(wanted.name())));
    }
    return volume;
  }

  private void made(Outcome<Volume> outcome, Consumer<Outcome<Volume>> then) {
    if (outcome instanceof Outcome.Ok<Volume>(var made)) {
      table.add(made);
      around.publish("create", made.name(), Map.of("driver", made.driver()));
    }
    then.accept(outcome);
  }
}
