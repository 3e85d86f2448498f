package argosy.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.store.Arrival;
import argosy.engine.image.store.StoredImage;
import argosy.engine.image.transfer.Intake;
import argosy.engine.image.transfer.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TransferTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final TestProbe<Images.Command> images = kit.createTestProbe();

  @AfterAll
  static void close() {
    kit.shutdownTestKit();
  }

  @Test
  void a_failure_before_the_first_line_is_an_outcome() throws Exception {
    var refusal = new Failure.NotFound("no");
    var transfer =
        start((_, _) -> {
          throw new Refused(refusal);
        });
    assertEquals(Outcome.failed(refusal), join(transfer));
    images.expectMessageClass(ImageTransfers.Ended.class);
    assertEquals(Outcome.failed(refusal), join(transfer));
  }

  @Test
  void a_later_failure_is_the_last_line() throws Exception {
    var transfer =
        start((_, report) -> {
          report.accept(Progress.status("begun"));
          throw new Refused(new Failure.NotFound("no"));
        });
    var answer = join(transfer);
    letGo(transfer);
    assertEquals(List.of(Progress.status("begun"), Progress.error("no")), read(answer));
  }

  @Test
  void who_comes_late_sees_where_everything_stands() throws Exception {
    var go = new CountDownLatch(1);
    var transfer =
        start((_, report) -> {
          report.accept(Progress.status("begun"));
          report.accept(Progress.of("a", "Downloading", 1, 9));
          report.accept(Progress.of("a", "Downloading", 5, 9));
          await(go);
          report.accept(Progress.of("a", "Pull complete"));
        });
    var early = join(transfer);
    images.expectNoMessage(Duration.ofMillis(50));
    var late = join(transfer);
    go.countDown();
    letGo(transfer);
    assertEquals(
        List.of(
            Progress.status("begun"),
            Progress.of("a", "Downloading", 5, 9),
            Progress.of("a", "Pull complete")),
        read(late));
    assertEquals(Progress.of("a", "Pull complete"), read(early).getLast());
  }

  @Test
  void the_work_goes_on_until_the_last_watcher_left() throws Exception {
    var interrupted = new CountDownLatch(1);
    var transfer =
        start((_, report) -> {
          report.accept(Progress.status("begun"));
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    var one = watch(join(transfer));
    var two = watch(join(transfer));
    one.cancel();
    assertTrue(!interrupted.await(100, TimeUnit.MILLISECONDS));
    two.cancel();
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    images.expectMessageClass(ImageTransfers.Ended.class);
  }

  /** The store has heard of the end, and sends nobody to it any more. */
  private void letGo(ActorRef<Transfer.Command> transfer) {
    images.expectMessageClass(ImageTransfers.Ended.class);
    transfer.tell(new Transfer.Leave());
  }

  private ActorRef<Transfer.Command> start(Work work) {
    return kit.spawn(Transfer.create("key", work, new NoIntake(), blocking, images.ref()));
  }

  private static Outcome<Source<Progress, NotUsed>> join(ActorRef<Transfer.Command> transfer) {
    TestProbe<Outcome<Source<Progress, NotUsed>>> probe = kit.createTestProbe();
    transfer.tell(new Transfer.Join(probe.ref()));
    return probe.receiveMessage(Duration.ofSeconds(10));
  }

  private static Source<Progress, NotUsed> source(Outcome<Source<Progress, NotUsed>> outcome) {
    return switch (outcome) {
      case Outcome.Ok<Source<Progress, NotUsed>>(var source) -> source;
      case Outcome.Failed<Source<Progress, NotUsed>>(var failure) ->
          throw new AssertionError(failure.toString());
    };
  }

  private static List<Progress> read(Outcome<Source<Progress, NotUsed>> outcome) throws Exception {
    return source(outcome)
        .runWith(Sink.seq(), kit.system())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private record Watch(UniqueKillSwitch out) {
    void cancel() {
      out.shutdown();
    }
  }

  private static Watch watch(Outcome<Source<Progress, NotUsed>> outcome) {
    return new Watch(
        source(outcome)
            .viaMat(KillSwitches.single(), Keep.right())
            .to(Sink.ignore())
            .run(kit.system()));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record NoIntake() implements Intake {
    @Override
    public Optional<StoredImage> kept(String id) {
      return Optional.empty();
    }

    @Override
    public void hold(Collection<String> digests) {}

    @Override
    public Optional<StoredImage> image(String id) {
      return Optional.empty();
    }

    @Override
    public Optional<StoredImage> named(ImageRef name) {
      return Optional.empty();
    }

    @Override
    public void add(Arrival arrival) {}
  }
}
