package argosy.engine.protocol;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.function.Function;

/** An actor that loses no signal: a watched death it does not handle stops it, in every phase. */
public abstract class StrictBehavior<T> extends AbstractMatchingBehavior<T> {
  protected StrictBehavior(ActorContext<T> context) {
    super(context);
  }

  @Override
  public Behavior<T> onSignal(Signal signal) {
    return Behaviors.unhandled();
  }

  /** The same actor, answering messages another way for a while. */
  protected final Behavior<T> phase(Function<T, Behavior<T>> onMessage) {
    return Behaviors.receive(
        (_, message) -> onMessage.apply(message), (_, signal) -> onSignal(signal));
  }
}
