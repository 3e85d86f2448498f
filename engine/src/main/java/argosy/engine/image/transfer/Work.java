package argosy.engine.image.transfer;

import argosy.engine.image.ImageStreams.Progress;
import java.util.function.Consumer;

/** One transfer, from beginning to end. */
@FunctionalInterface
public interface Work {
  /**
   * Does it on the caller's thread; an interrupt ends it.
   *
   * @param report hears each line; from any thread
   * @throws argosy.engine.failure.Refused with the sentence for the user
   */
  void run(Intake intake, Consumer<Progress> report);
}
