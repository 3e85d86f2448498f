package argosy.engine.container;

import argosy.engine.failure.Failure;
import argosy.engine.protocol.StrictBehavior;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The registry: which names and ids there are, and whose actor a request goes to. */
final class ContainersActor extends StrictBehavior<Containers.Command> {
  /** What only the containers' own actors and the registry itself say. */
  sealed interface Inner extends Containers.Command {}

  /** A container is gone, its name is free. */
  record Gone(String id) implements Inner {}

  static Behavior<Containers.Command> create(Surroundings around) {
    return Behaviors.setup(context -> new ContainersActor(context));
  }

  private ContainersActor(ActorContext<Containers.Command> context) {
    super(context);
  }

  @Override
  public Behavior<Containers.Command> onMessage(Containers.Command command) {
    switch (command) {
      case Containers.Asked(var ask) ->
          ask.fail(new Failure.NotImplemented("containers come next"));
      case Containers.Streaming(var _, var order) ->
          order.refuse(new Failure.NotImplemented("containers come next"));
      case Gone _ -> {}
    }
    return Behaviors.same();
  }
}
