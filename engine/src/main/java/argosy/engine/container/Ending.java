package argosy.engine.container;

import argosy.engine.protocol.Ask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to happen once a run that somebody wants to end is over. */
final class Ending {
  /** Orders to stop, to kill, to run again, to remove, each waiting for its answer. */
  final List<Ask<ContainerRequest<?>>> stopped = new ArrayList<>();

  final List<Ask<ContainerRequest<?>>> killed = new ArrayList<>();
  final List<Ask<ContainerRequest<?>>> again = new ArrayList<>();
  final List<Ask<ContainerRequest<?>>> removed = new ArrayList<>();

  /** A user ended it: {@code unless-stopped} then rests. */
  boolean byUser;

  /** How long after its end it runs again because it was unhealthy; null: that is not why. */
  @Nullable Duration retry;

  /** Its anonymous volumes go with it. */
  boolean volumes;

  /** Whether somebody has decided what comes next, so that no restart policy does. */
  boolean isDecided() {
    return !again.isEmpty() || !removed.isEmpty();
  }
}
