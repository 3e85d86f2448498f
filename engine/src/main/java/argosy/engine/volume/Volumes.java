package argosy.engine.volume;

import argosy.engine.event.Event;
import argosy.engine.event.Events;
import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Ask;
import argosy.engine.volume.VolumeRequest.Volume;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The registry of this host's volumes. One change at a time is on its way to the disk and the next
 * waits for it: a change is a directory and a small record. What is deleted is renamed out of sight
 * first and its files go behind.
 */
public final class Volumes {
  private static final int WAITING = 10_000;

  /** What it receives. */
  public sealed interface Command permits Asked, VolumeUse, Loaded, Changed, Copied {}

  /** A request of the public protocol. */
  public record Asked(Ask<VolumeRequest<?>> ask) implements Command {}

  /** What was on the disk at the start. */
  record Loaded(Outcome<VolumeStore.Found> found) implements Command {}

  /** A change has reached the disk, and others waited for it. */
  record Changed(Runnable conclusion) implements Command {}

  /** What a volume holds was copied, or was not; {@code visitor} held it meanwhile. */
  record Copied(
      VolumeRequest.Create wanted,
      String visitor,
      Outcome<Path> staged,
      Consumer<Outcome<Volume>> then)
      implements Command {}

  private Volumes() {}

  /** What it needs of the world; {@code executor}: where the disk is touched. */
  record Surroundings(
      VolumeStore store,
      ActorRef<Events.Command> events,
      Executor executor,
      InstantSource clock,
      RandomGenerator chance) {

    /** {@code action}: create, destroy; prune of no volume by name. */
    void publish(String action, String volume, Map<String, String> attributes) {
      events.tell(
          new Events.Publish(new Event("volume", action, volume, attributes, clock.instant())));
    }

    /**
     * Touches the disk beside everything else: a mount may wait for a server that is silent.
     *
     * @param then runs outside the actor
     */
    void aside(Runnable work, Consumer<Outcome<Done>> then) {
      CompletableFuture.runAsync(work, executor)
          .whenComplete((_, failed) ->
              then.accept(failed == null ? Outcome.ok(new Done()) : Outcome.failed(failed)));
    }
  }

  /** {@code root}: where they lie; {@code executor}: where the disk is touched. */
  public static Behavior<Command> create(
      Path root, ActorRef<Events.Command> events, Executor executor) {
    var mounts = new VolumeMounts(new KernelMounts());
    var store = new VolumeStore(root, mounts);
    var around =
        new Surroundings(store, events, executor, InstantSource.system(), new SecureRandom());
    return Behaviors.setup(context ->
        Behaviors.withStash(
            WAITING, waiting -> new VolumesActor(context, waiting, around).loading()));
  }

  /** The streams of the volumes behind that registry. */
  public static VolumeStreams streams(ActorRef<Command> volumes, ActorSystem<?> system) {
    return new VolumeArchives(volumes, system);
  }
}
