package argosy.engine.network;

import argosy.engine.network.NetworkRequest.Network;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the rules of an actor may ask of it: everything handed in here runs in the actor's turn. */
interface Turn {
  /** Does blocking work elsewhere, then concludes in the actor: a value, or what was thrown. */
  <T> void work(Supplier<T> work, BiConsumer<@Nullable T, @Nullable Throwable> conclusion);

  /** Goes on after a while. */
  void later(Duration delay, Runnable step);

  /** {@code action}: create, destroy, connect, disconnect; {@code container} may be "". */
  void publish(String action, Network network, String container);
}
