package argosy.engine.image;

import argosy.engine.failure.Done;
import argosy.engine.failure.Outcome;
import org.apache.pekko.actor.typed.ActorRef;

/** What containers ask of the image store; never leaves the host. */
public sealed interface ImageUse extends Images.Command {

  /**
   * Resolves a reference and holds the image for a container until it is released, so that nobody
   * can remove it meanwhile. An image id works too: that is how containers on disk take hold again
   * at start.
   */
  record Retain(String container, String reference, ActorRef<Outcome<Image>> replyTo)
      implements ImageUse {}

  /**
   * Whether a container that holds an image runs: not even force removes such an image. Fire and
   * forget; a container counts as stopped until this is said.
   */
  record Running(String container, boolean running) implements ImageUse {}

  /** The container is gone. Idempotent. */
  record Release(String container, ActorRef<Outcome<Done>> replyTo) implements ImageUse {}
}
