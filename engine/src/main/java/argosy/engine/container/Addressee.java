package argosy.engine.container;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.network.NetworkRequest;
import org.apache.pekko.actor.typed.ActorRef;

/** Whose actor a request or a stream is for. Belongs to the registry. */
record Addressee(Roster roster) {

  /** The id that is meant; throws Refused. */
  String id(String reference) {
    return switch (roster.resolve(reference)) {
      case Outcome.Ok<String>(var id) -> id;
      case Outcome.Failed<String>(var failure) -> throw new Refused(failure);
    };
  }

  /** The actor of the container that a request is about; throws Refused. */
  ActorRef<ContainerActor.Command> of(ContainerRequest<?> request) {
    return switch (request) {
      case ContainerRequest.Create _, ContainerRequest.Find _, ContainerRequest.Prune _ ->
          throw new Refused(new Failure.Internal("this is for the registry"));
      case ContainerRequest.Rename order -> named(order.reference());
      case ContainerRequest.Inspect order -> named(order.reference());
      case ContainerRequest.Start order -> named(order.reference());
      case ContainerRequest.Stop order -> named(order.reference());
      case ContainerRequest.Restart order -> named(order.reference());
      case ContainerRequest.Kill order -> toKill(order.reference());
      case ContainerRequest.Pause order -> named(order.reference());
      case ContainerRequest.Unpause order -> named(order.reference());
      case ContainerRequest.Remove order -> named(order.reference());
      case ContainerRequest.Resize order -> named(order.reference());
      case ContainerRequest.Update order -> named(order.reference());
      case ContainerRequest.Publish order -> named(order.reference());
      case ContainerRequest.Top order -> named(order.reference());
      case ContainerRequest.Changes order -> named(order.reference());
      case ContainerRequest.Commit order -> named(order.reference());
      case ContainerRequest.CreateExec order -> named(order.reference());
      case ContainerRequest.InspectExec order -> roster.ofExec(order.exec());
      case ContainerRequest.ResizeExec order -> roster.ofExec(order.exec());
    };
  }

  /** The actor of the container that enters or leaves a network; throws Refused. */
  ActorRef<ContainerActor.Command> ofNetwork(NetworkRequest<?> request) {
    return switch (request) {
      case NetworkRequest.Connect order -> named(order.container());
      case NetworkRequest.Disconnect order -> named(order.container());
      case NetworkRequest<?> _ ->
          throw new Refused(new Failure.Internal("this is for the networks"));
    };
  }

  /** The actor of the container whose streams are asked for; throws Refused. */
  ActorRef<ContainerActor.Command> of(String reference, StreamOrder order) {
    return order instanceof StreamOrder.RunExec run ? roster.ofExec(run.exec()) : named(reference);
  }

  private ActorRef<ContainerActor.Command> toKill(String reference) {
    return switch (roster.resolve(reference)) {
      case Outcome.Ok<String>(var id) -> roster.actor(id);
      case Outcome.Failed<String>(Failure.NotFound(var text)) ->
          throw new Refused(
              new Failure.NotFound("Cannot kill container: " + reference + ": " + text));
      case Outcome.Failed<String>(var failure) -> throw new Refused(failure);
    };
  }

  private ActorRef<ContainerActor.Command> named(String reference) {
    return roster.actor(id(reference));
  }
}
