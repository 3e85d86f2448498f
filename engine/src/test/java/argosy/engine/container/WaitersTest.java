package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.failure.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitersTest {
  private static final Lifecycle EXITED = new Lifecycle.Exited(Ended.NEVER_RAN);

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<Outcome<CompletionStage<Ended>>> replies = kit.createTestProbe();
  private final Waiters waiters = new Waiters();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_removal_is_waited_for() {
    var over = await(WaitCondition.REMOVED);
    waiters.exited(Ended.NEVER_RAN);
    assertFalse(over.isDone());
    waiters.removed(Ended.NEVER_RAN);
    assertEquals(Ended.NEVER_RAN, over.join());
  }

  @Test
  void who_is_heard_after_the_removal_does_not_wait_for_ever() {
    waiters.removed(Ended.NEVER_RAN);
    for (var condition : WaitCondition.values()) {
      assertEquals(Ended.NEVER_RAN, await(condition).join());
    }
  }

  @Test
  void nobody_is_told_before_the_attached_have_read_the_output() {
    var before = await(WaitCondition.NEXT_EXIT);
    var read = new CompletableFuture<Void>();
    waiters.after(read);
    waiters.exited(Ended.NEVER_RAN);
    var after = await(WaitCondition.NOT_RUNNING);
    assertFalse(before.isDone());
    assertFalse(after.isDone());
    read.complete(null);
    assertEquals(Ended.NEVER_RAN, before.join());
    assertEquals(Ended.NEVER_RAN, after.join());
  }

  private CompletableFuture<Ended> await(WaitCondition condition) {
    waiters.await(new StreamOrder.Await(condition, replies.ref()), EXITED);
    Outcome.Ok<?> stands = assertInstanceOf(Outcome.Ok.class, replies.receiveMessage());
    return assertInstanceOf(CompletionStage.class, stands.value())
        .toCompletableFuture()
        .thenApply(Ended.class::cast);
  }
}
