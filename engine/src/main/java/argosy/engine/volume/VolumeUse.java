package argosy.engine.volume;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import argosy.engine.volume.VolumeRequest.Volume;
import org.apache.pekko.actor.typed.ActorRef;

/** What containers ask of the volumes; never leaves the host. */
public sealed interface VolumeUse extends Volumes.Command {

  /**
   * Gives a container the volume of that name, making it when it is not there (an empty name makes
   * an anonymous one), and holds it until released. Idempotent: containers on disk take hold again
   * at start.
   */
  record Acquire(String container, VolumeRequest.Create wanted, ActorRef<Outcome<Volume>> replyTo)
      implements VolumeUse {}

  /** The container is gone; with {@code anonymous} its anonymous volumes go too. Idempotent. */
  record Release(String container, boolean anonymous, ActorRef<Outcome<Done>> replyTo)
      implements VolumeUse {}
}
