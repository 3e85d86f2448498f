package argosy.http.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How long one connection lives: others learn here that the far side went away, and end it from
 * here. Safe from any thread.
 */
public final class Lifeline {
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Object lock = new Object();
  private @Nullable Runnable onGone;
  private @Nullable Runnable cut;
  private boolean gone;
  private boolean cutAlready;

  /** Completes when the socket is closed. */
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }

  /**
   * What to do once when the far side ends its half or vanishes; replaces what was asked before.
   * Runs at once when that already happened.
   */
  public void whenGone(Runnable action) {
    boolean now;
    synchronized (lock) {
      now = gone;
      onGone = now ? null : action;
    }
    if (now) {
      action.run();
    }
  }

  /** Ends the connection without waiting for anybody. */
  public void cut() {
    Runnable action;
    synchronized (lock) {
      cutAlready = true;
      action = cut;
    }
    if (action != null) {
      action.run();
    }
  }

  /** Behaves as if the far side had gone: streaming answers end, the connection stays. */
  public void markGone() {
    Runnable action;
    synchronized (lock) {
      gone = true;
      action = onGone;
      onGone = null;
    }
    if (action != null) {
      action.run();
    }
  }

  void cutBy(Runnable action) {
    boolean now;
    synchronized (lock) {
      cut = action;
      now = cutAlready;
    }
    if (now) {
      action.run();
    }
  }

  void markClosed() {
    markGone();
    closed.complete(null);
  }
}
