package argosy.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.event.Events;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Ask;
import argosy.engine.volume.VolumeRequest.Listed;
import argosy.engine.volume.VolumeRequest.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is killed before each step of what is done to volumes in turn: a volume is there with
 * its record and all its files, or not at all, and nothing else is left.
 */
class VolumesCrashTest {
  private static final Map<String, String> LABELS = Map.of("tier", "data");

  @TempDir Path directory;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int run;

  /** Volumes at work below one directory. */
  private final class Daemon implements AutoCloseable {
    final Path root;
    private final ActorTestKit kit = ActorTestKit.create();
    private final ActorRef<Volumes.Command> volumes;

    Daemon(Path root) {
      this.root = root;
      var events = kit.<Events.Command>createTestProbe();
      volumes = kit.spawn(Volumes.create(root, events.ref(), threads));
    }

    <R> CompletableFuture<Outcome<Object>> send(VolumeRequest<R> request) {
      return AskPattern.<Volumes.Command, Outcome<Object>>ask(
              volumes,
              replyTo -> new Volumes.Asked(new Ask<>(request, replyTo)),
              Duration.ofSeconds(30),
              kit.system().scheduler())
          .toCompletableFuture();
    }

    <R> R good(VolumeRequest<R> request) {
      return switch (get(send(request))) {
        case Outcome.Ok<Object>(var value) -> request.reply().cast(value);
        case Outcome.Failed<Object>(var failure) -> throw new AssertionError(failure.message());
      };
    }

    List<Volume> list() {
      Listed listed = good(new VolumeRequest.Find(Map.of()));
      return listed.volumes();
    }

    void make(String name, String file) {
      var made = good(new VolumeRequest.Create(name, "local", Map.of(), LABELS));
      try {
        Files.writeString(Path.of(made.mountpoint(), file), "text");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      kit.shutdownTestKit();
    }
  }

  @Test
  void one_is_made_with_all_it_was_asked_for_or_not_at_all() {
    everyStep(
        _ -> {},
        new VolumeRequest.Create("data", "local", Map.of(), LABELS),
        (volumes, acknowledged) -> {
          assertTrue(volumes.size() == 1 || !acknowledged);
          volumes.forEach(volume -> assertEquals(LABELS, volume.labels()));
        });
  }

  @Test
  void one_is_removed_with_all_its_files_or_not_at_all() {
    everyStep(
        daemon -> daemon.make("data", "file"),
        new VolumeRequest.Remove("data", false),
        (volumes, acknowledged) -> {
          assertTrue(volumes.isEmpty() || !acknowledged);
          volumes.forEach(volume -> assertEquals(List.of("file"), names(volume)));
        });
  }

  @Test
  void a_clone_is_whole_or_not_there() {
    everyStep(
        daemon -> daemon.make("data", "file"),
        new VolumeRequest.Clone("data", "copy", Map.of()),
        (volumes, acknowledged) -> {
          assertTrue(volumes.size() == 2 || volumes.size() == 1 && !acknowledged);
          volumes.forEach(volume -> {
            assertEquals(List.of("file"), names(volume));
            assertEquals(LABELS, volume.labels());
          });
        });
  }

  private interface Round {
    void check(List<Volume> volumes, boolean acknowledged);
  }

  private void everyStep(Consumer<Daemon> before, VolumeRequest<?> order, Round round) {
    int step = 1;
    while (crashed(step, before, order, round)) {
      step++;
    }
    assertTrue(step > 2, "there are steps");
  }

  /** Whether there was such a step. */
  private boolean crashed(int step, Consumer<Daemon> before, VolumeRequest<?> order, Round round) {
    Path root = directory.resolve(Integer.toString(++run));
    boolean acknowledged;
    boolean came;
    try (var killed = new Daemon(root)) {
      before.accept(killed);
      try (var crash = Crash.before(step, root)) {
        var answer = killed.send(order);
        get(CompletableFuture.anyOf(answer, crash.came()));
        until(() -> crash.came().isDone() || isAtRest(root));
        acknowledged = answer.isDone();
        came = crash.came().isDone();
      }
    }
    try (var next = new Daemon(root)) {
      var volumes = next.list();
      until(() -> isAtRest(root));
      assertEquals(volumes.size(), names(root).size());
      round.check(volumes, acknowledged);
    }
    return came;
  }

  private static boolean isAtRest(Path root) {
    return names(root).stream().noneMatch(name -> name.startsWith("."));
  }

  private static List<String> names(Volume volume) {
    return names(Path.of(volume.mountpoint()));
  }

  private static List<String> names(Path of) {
    try (var entries = Files.list(of)) {
      return entries.map(path -> path.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not at rest within 20 s");
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
