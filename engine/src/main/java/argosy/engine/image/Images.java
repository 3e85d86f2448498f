package argosy.engine.image;

import argosy.engine.event.Events;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Ask;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/** The image store's actor. */
public final class Images {
  private Images() {}

  /** What it receives. */
  public sealed interface Command permits Asked, ImageUse, ImagesActor.Inner {}

  /** A request of the public protocol. */
  public record Asked(Ask<ImageRequest<?>> ask) implements Command {}

  /**
   * The image store. It first reads the disk and removes what a crash left behind, and answers
   * then; spawn it under supervision with restart.
   *
   * @param blocking where blocking calls run: an executor of virtual threads
   */
  public static Behavior<Command> create(
      ImageSettings settings, ActorRef<Events.Command> events, Executor blocking) {
    return ImagesActor.create(settings, events, blocking, InstantSource.system());
  }

  /** The streams of the images behind that actor. */
  public static ImageStreams streams(
      ActorRef<Command> images, ActorSystem<?> system, Executor blocking) {
    return new AskedImageStreams(images, system, blocking);
  }

  /**
   * Makes an image of a container, and answers its id when it is in the store.
   *
   * @throws argosy.engine.failure.Refused at once for a name or a change that can not be
   */
  public static CompletionStage<Outcome<String>> commit(
      ActorRef<Command> images, ActorSystem<?> system, CommitOrder order) {
    return Committing.start(images, system, order);
  }

  /** The image store for a longer piece of work, which closes it at its end. */
  public static ImageSession session(ActorRef<Command> images, ActorSystem<?> system) {
    return new ImageSession(images, system);
  }
}
