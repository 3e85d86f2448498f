package argosy.engine.volume;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.volume.VolumeRequest.Volume;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What containers ask of the volumes; never leaves the host. */
public sealed interface VolumeUse extends Volumes.Command {

  /**
   * Gives a container the volume of that name, making it when it is not there (an empty name makes
   * an anonymous one), and holds it until released. Idempotent: containers on disk take hold again
   * at start.
   *
   * @param unnamed the name an anonymous one gets: whoever asks may note it before
   */
  record Acquire(
      String container,
      VolumeRequest.Create wanted,
      String unnamed,
      ActorRef<Outcome<Volume>> replyTo)
      implements VolumeUse {}

  /** The container is gone; with {@code anonymous} its anonymous volumes go too. Idempotent. */
  record Release(String container, boolean anonymous, ActorRef<Outcome<Done>> replyTo)
      implements VolumeUse {}

  /**
   * Mounts what the container's volumes are made of, as far as they are more than directories; for
   * as long as {@code user} does not leave. Fails with Docker's text.
   *
   * @param running the user uses them already: nothing is mounted for it
   */
  record Mount(String container, String user, boolean running, ActorRef<Outcome<Done>> replyTo)
      implements VolumeUse {}

  /** The user needs the mounts no more. Idempotent. */
  record Unmount(String user, ActorRef<Outcome<Done>> replyTo) implements VolumeUse {}

  /**
   * The engine has started and everybody has taken hold of what is his: unmounts what nobody uses.
   *
   * @param unwanted anonymous volumes of containers whose making or removal a crash cut short
   */
  record Settle(List<String> unwanted, ActorRef<Outcome<Done>> replyTo) implements VolumeUse {
    public Settle {
      unwanted = List.copyOf(unwanted);
    }
  }

  /** Tells what there is of that name. */
  record Look(String name, ActorRef<Outcome<Volume>> replyTo) implements VolumeUse {}

  /** Holds a volume that is there, as a container does, until released. */
  record Visit(String name, String visitor, ActorRef<Outcome<Volume>> replyTo)
      implements VolumeUse {}

  /**
   * Gives a directory, with {@code _data} in it, in which a volume can be made out of sight; after
   * a crash it is gone. Refuses what could not be made, or is there already.
   */
  record Stage(VolumeRequest.Create wanted, ActorRef<Outcome<Path>> replyTo) implements VolumeUse {}

  /** Makes what was staged a volume, all at once. */
  record Bring(VolumeRequest.Create wanted, Path staged, ActorRef<Outcome<Volume>> replyTo)
      implements VolumeUse {}

  /** Deletes what was staged. */
  record Drop(Path staged, ActorRef<Outcome<Done>> replyTo) implements VolumeUse {}
}
