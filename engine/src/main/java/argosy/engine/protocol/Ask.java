package argosy.engine.protocol;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import org.apache.pekko.actor.typed.ActorRef;

/** A request with somebody who waits for its answer; what a noun's actor receives. */
public record Ask<Q extends Request<?>>(Q request, ActorRef<Outcome<Object>> replyTo) {

  /** Answers with what the request promised; anything else is a bug and becomes a failure. */
  public void answer(Object value) {
    if (request.reply().isInstance(value)) {
      replyTo.tell(Outcome.ok(value));
    } else {
      fail(
          new Failure.Internal(
              "%s was answered with a %s"
                  .formatted(
                      request.getClass().getSimpleName(), value.getClass().getSimpleName())));
    }
  }

  public void fail(Failure failure) {
    replyTo.tell(Outcome.failed(failure));
  }

  /** Answers with an outcome that a driver or another actor gave. */
  public void complete(Outcome<?> outcome) {
    switch (outcome) {
      case Outcome.Ok<?>(var value) -> answer(value);
      case Outcome.Failed<?>(var failure) -> fail(failure);
    }
  }
}
