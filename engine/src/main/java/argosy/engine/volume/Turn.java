package argosy.engine.volume;

import argosy.engine.failure.Outcome;
import argosy.engine.volume.Volumes.Command;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;

/** What the rules of the volumes' actor may ask of it. */
interface Turn {
  /** Touches the disk while every other command waits, then concludes in the actor. */
  <T> Behavior<Command> change(Supplier<T> work, Consumer<Outcome<T>> conclusion);

  /** Touches the disk while the actor goes on; what came of it is told to the actor. */
  <T> void work(Supplier<T> work, Function<Outcome<T>, Command> told);
}
