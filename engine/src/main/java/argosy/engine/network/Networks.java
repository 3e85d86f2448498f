package argosy.engine.network;

import argosy.engine.EngineConfig;
import argosy.engine.event.Events;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Ask;
import argosy.engine.protocol.StrictBehavior;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The registry of this host's networks. */
public final class Networks extends StrictBehavior<Networks.Command> {
  private static final Failure NOT_YET =
      new Failure.NotImplemented("Argosy does not do networks yet");

  /** What it receives. */
  public sealed interface Command permits Asked, Attachment {}

  /** A request of the public protocol. */
  public record Asked(Ask<NetworkRequest<?>> ask) implements Command {}

  /**
   * {@code executor}: where the kernel and the disk are touched; its threads are in the network
   * namespace that the networks are to live in.
   */
  public static Behavior<Command> create(
      EngineConfig config, ActorRef<Events.Command> events, Executor executor) {
    return Behaviors.setup(Networks::new);
  }

  private Networks(ActorContext<Command> context) {
    super(context);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Asked(var ask) -> ask.fail(NOT_YET);
      case Attachment.Join join -> join.replyTo().tell(Outcome.failed(NOT_YET));
      case Attachment.Leave leave -> leave.replyTo().tell(Outcome.failed(NOT_YET));
      case Attachment.Adopt adopt -> adopt.replyTo().tell(Outcome.failed(NOT_YET));
    }
    return Behaviors.same();
  }
}
