package argosy.engine.network;

import argosy.engine.failure.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What is asked for while others still leave: an address or a port that is short now may be free in
 * a moment, and who just removed its owner counts on it. Part of one actor.
 */
final class Shortage {
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int leaving;

  /** Somebody begins to leave. */
  void begins() {
    leaving++;
  }

  /** One of those has left. */
  void ends() {
    leaving--;
    retry();
  }

  /** Something is free again. */
  void retry() {
    var again = List.copyOf(waiting);
    waiting.clear();
    again.forEach(Runnable::run);
  }

  /** True when {@code again} is kept for later; false when nobody leaves who could change it. */
  boolean defers(Failure failure, Runnable again) {
    boolean scarce = failure instanceof Failure.Internal || failure instanceof Failure.Forbidden;
    if (leaving == 0 || !scarce) {
      return false;
    }
    waiting.add(again);
    return true;
  }
}
