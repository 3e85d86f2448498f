package argosy.engine.volume;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Ask;
import argosy.engine.volume.VolumeRequest.Volume;
import argosy.engine.volume.Volumes.Command;
import argosy.engine.volume.Volumes.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Volumes removed: by name, by a prune, or because they were anonymous and their container is gone.
 * They are forgotten once they are out of sight; their files go behind. Part of one actor.
 */
final class VolumeRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeRemoval.class);

  private final Surroundings around;
  private final VolumeStore store;
  private final VolumeTable table;
  private final Turn turn;

  VolumeRemoval(Surroundings around, VolumeTable table, Turn turn) {
    this.around = around;
    this.store = around.store();
    this.table = table;
    this.turn = turn;
  }

  /** How a removal is told: that it is out of sight, and the bytes once they are swept up. */
  private interface Removed {
    void tell(Outcome<List<Path>> gone, CompletionStage<Long> swept);
  }

  /** Throws Refused for one that is in use or, unless by force, not there. */
  Behavior<Command> remove(String name, boolean force, Consumer<Outcome<Done>> then) {
    if (force && table.find(name).isEmpty()) {
      then.accept(Outcome.ok(new Done()));
      return Behaviors.same();
    }
    return takeAway(
        List.of(table.removable(name)), (gone, _) -> then.accept(gone.map(_ -> new Done())));
  }

  /** Answers when the files are gone: only then are their bytes known. */
  Behavior<Command> prune(List<Volume> volumes, Ask<VolumeRequest<?>> ask) {
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
              around.publish("prune", "", Map.of("reclaimed", Long.toString(bytes)));
              ask.answer(new VolumeRequest.Pruned(names, bytes));
            }
          });
        });
  }

  /** Removes those of them that are anonymous and that nobody holds. */
  Behavior<Command> clear(List<Volume> unwanted, Consumer<Outcome<Done>> then) {
    List<Volume> idle =
        unwanted.stream().filter(volume -> volume.anonymous() && table.idle(volume)).toList();
    return takeAway(idle, (gone, _) -> then.accept(gone.map(_ -> new Done())));
  }

  private Behavior<Command> takeAway(List<Volume> volumes, Removed then) {
    if (volumes.isEmpty()) {
      then.tell(Outcome.ok(List.of()), CompletableFuture.completedStage(0L));
      return Behaviors.same();
    }
    return turn.change(
        () -> store.takeAway(volumes), outcome -> then.tell(outcome, swept(volumes, outcome)));
  }

  private CompletionStage<Long> swept(List<Volume> volumes, Outcome<List<Path>> outcome) {
    return switch (outcome) {
      case Outcome.Failed<List<Path>> _ -> CompletableFuture.completedStage(0L);
      case Outcome.Ok<List<Path>>(var gone) -> {
        for (Volume volume : volumes) {
          table.forget(volume.name());
          around.publish("destroy", volume.name(), Map.of("driver", volume.driver()));
        }
        yield sweep(gone);
      }
    };
  }

  /** Deletes what is out of sight, behind everything else, and gives the bytes it held. */
  CompletionStage<Long> sweep(List<Path> gone) {
    return CompletableFuture.supplyAsync(
        () -> gone.stream().mapToLong(this::sweep).sum(), around.executor());
  }

  private long sweep(Path gone) {
    try {
      return store.sweep(gone);
    } catch (RuntimeException e) {
      LOG.warn("a removed volume's files stay until the next start: {}", e.getMessage());
      return 0;
    }
  }
}
