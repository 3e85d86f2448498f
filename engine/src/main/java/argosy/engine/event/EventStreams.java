package argosy.engine.event;

import java.time.Instant;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** The host's events, past and coming. */
public interface EventStreams {
  /**
   * Events from {@code since} (null: from now on) to {@code until} (null: without end), in order.
   * The subscription stands before this returns. A listener that is too slow loses the stream with
   * an error; it never slows the engine.
   */
  Source<Event, NotUsed> events(@Nullable Instant since, @Nullable Instant until);
}
