package argosy.engine.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.Container.MountPoint;
import argosy.engine.container.ContainerRequest.Create;
import argosy.engine.container.ContainerRequest.Find;
import argosy.engine.container.ContainerRequest.Remove;
import argosy.engine.volume.Crash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is killed before each step of a container's making and removal in turn: whatever is
 * left, its anonymous volumes are there as long as the container is, and go with it.
 */
class AnonymousVolumesCrashTest {
  private static final Find ALL = new Find(true, 0, false, Map.of());

  @TempDir Path directory;

  private final FakeRuntime runtime = new FakeRuntime();
  private int run;

  /** What the next daemon finds. */
  private interface Round {
    void check(int volumes, boolean listed, boolean acknowledged);
  }

  @Test
  void a_container_that_was_not_made_leaves_no_volume() {
    int steps =
        everyStep(
            _ -> {},
            new Create("web", Specs.anonymous("/a", "/b")),
            (volumes, listed, acknowledged) -> {
              assertTrue(listed || !acknowledged);
              assertEquals(listed ? 2 : 0, volumes);
            });
    assertTrue(steps >= 6, steps + " steps are too few to be all");
  }

  @Test
  void a_container_removed_with_its_volumes_takes_them_along() {
    everyStep(
        AnonymousVolumesCrashTest::make,
        new Remove("web", false, true),
        (volumes, listed, acknowledged) -> {
          assertTrue(!listed || !acknowledged);
          assertEquals(listed ? 2 : 0, volumes);
        });
  }

  @Test
  void a_container_removed_without_its_volumes_leaves_them() {
    everyStep(
        AnonymousVolumesCrashTest::make,
        new Remove("web", false, false),
        (volumes, _, _) -> assertEquals(2, volumes));
  }

  @Test
  void a_note_that_a_crash_left_beside_a_record_takes_no_volume() {
    everyStep(
        harbour -> {
          make(harbour);
          var web = harbour.inspect("web");
          var volumes = web.mounts().stream().map(MountPoint::name).toList();
          Parting.in(harbour.around.containers()).put(web.id(), new Parting(volumes));
        },
        new Remove("web", false, false),
        (volumes, _, _) -> assertEquals(2, volumes));
  }

  private static void make(Harbour harbour) {
    harbour.create("web", Specs.anonymous("/a", "/b"));
  }

  /** Crashes before the first step, the second, and so on until there are no more. */
  private int everyStep(Consumer<Harbour> before, ContainerRequest<?> order, Round round) {
    int step = 1;
    while (crashed(step, before, order, round)) {
      step++;
    }
    return step - 1;
  }

  /** Whether there was such a step. */
  private boolean crashed(
      int step, Consumer<Harbour> before, ContainerRequest<?> order, Round round) {
    Path root = directory.resolve(Integer.toString(++run));
    try (var harbour = Harbour.withVolumes(root, runtime)) {
      before.accept(harbour);
    }
    var killed = Harbour.withVolumes(root, runtime);
    killed.good(ALL); // it has come up
    boolean acknowledged;
    boolean came;
    try (var crash = Crash.before(step, root)) {
      var answer = killed.send(order).toCompletableFuture();
      Harbour.get(CompletableFuture.anyOf(answer, crash.came()));
      Harbour.until("at rest", () -> crash.came().isDone() || isAtRest(root));
      acknowledged = answer.isDone();
      came = crash.came().isDone();
      killed.abandon();
    }
    try (var next = Harbour.withVolumes(root, runtime)) {
      boolean listed = !next.good(ALL).containers().isEmpty();
      Harbour.until("nothing half is left", () -> isAtRest(root));
      round.check(names(root.resolve("volumes")).size(), listed, acknowledged);
    }
    return came;
  }

  /** Volumes and containers are whole, nothing is being deleted. */
  private static boolean isAtRest(Path root) {
    Path containers = root.resolve("containers");
    return names(root.resolve("volumes")).stream().noneMatch(name -> name.startsWith("."))
        && names(containers).stream()
            .allMatch(id -> names(containers.resolve(id)).contains("record.json"));
  }

  private static Set<String> names(Path of) {
    if (!Files.isDirectory(of)) {
      return Set.of();
    }
    try (var entries = Files.list(of)) {
      return entries.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
