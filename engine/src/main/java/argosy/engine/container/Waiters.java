package argosy.engine.container;

import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.life.Move;
import argosy.engine.container.life.Moves;
import argosy.engine.failure.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Those who wait for a container's end. Belongs to its actor. */
final class Waiters {
  private record Waiter(WaitCondition condition, CompletableFuture<Ended> over) {}

  private final List<Waiter> waiting = new ArrayList<>();
  private CompletionStage<Void> heard = CompletableFuture.completedFuture(null);
  private boolean gone;

  /** Answers when the wait stands; it may be over already. */
  void await(StreamOrder.Await order, Lifecycle life) {
    boolean runs = Move.alive(life) || life instanceof Lifecycle.Starting;
    var over = new CompletableFuture<Ended>();
    if (gone || order.condition() == WaitCondition.NOT_RUNNING && !runs) {
      tell(over, Moves.lastRun(life));
    } else {
      waiting.add(new Waiter(order.condition(), over));
    }
    order.replyTo().tell(Outcome.ok(over.minimalCompletionStage()));
  }

  /**
   * Nobody is told of the end before this: who attached and waits takes the output that has come by
   * then for all of it, as dockerd lets them.
   */
  void after(CompletionStage<Void> outputIsRead) {
    heard = outputIsRead;
  }

  private void tell(CompletableFuture<Ended> over, Ended ended) {
    heard.whenComplete((_, _) -> over.complete(ended));
  }

  /** A run ended. */
  void exited(Ended ended) {
    complete(EnumSet.of(WaitCondition.NOT_RUNNING, WaitCondition.NEXT_EXIT), ended);
  }

  /** It is gone; who asked just before and is heard just after need not wait either. */
  void removed(Ended ended) {
    gone = true;
    complete(EnumSet.allOf(WaitCondition.class), ended);
  }

  private void complete(Set<WaitCondition> conditions, Ended ended) {
    for (Waiter waiter : List.copyOf(waiting)) {
      if (conditions.contains(waiter.condition())) {
        waiting.remove(waiter);
        tell(waiter.over(), ended);
      }
    }
  }
}
