package argosy.engine.container;

import static argosy.engine.container.Harbour.get;
import static argosy.engine.container.Harbour.good;
import static argosy.engine.container.Harbour.until;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.ContainerRequest.Pause;
import argosy.engine.container.ContainerRequest.Unpause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that stand still for the engine's own sake. */
class FreezeTest {
  @TempDir Path directory;

  private static CompletableFuture<Void> still(Harbour harbour, String name) {
    var until = new CompletableFuture<Void>();
    good(get(harbour.streams.still(name, until)));
    return until;
  }

  private static boolean isPaused(Harbour harbour, String name) {
    return harbour.inspect(name).state() instanceof Lifecycle.Paused;
  }

  private static Path mark(Harbour harbour, String name) {
    return harbour.around.containers().resolve(harbour.inspect(name).id()).resolve("frozen");
  }

  @Test
  void it_goes_on_when_the_last_who_needs_it_still_is_done() {
    try (var harbour = new Harbour(directory)) {
      harbour.run("web", Specs.plain("sh"));
      var one = still(harbour, "web");
      var other = still(harbour, "web");
      one.complete(null);
      still(harbour, "web").complete(null);
      assertTrue(isPaused(harbour, "web"));
      other.completeExceptionally(new IllegalStateException("the reader is gone"));
      until("it runs", () -> !isPaused(harbour, "web"));
      until("nothing of it is noted", () -> !Files.exists(mark(harbour, "web")));
    }
  }

  @Test
  void what_a_user_has_paused_stays_paused_and_what_rests_rests() {
    try (var harbour = new Harbour(directory)) {
      harbour.run("web", Specs.plain("sh"));
      harbour.create("resting", Specs.plain("sh"));
      harbour.good(new Pause("web"));
      var until = still(harbour, "web");
      assertFalse(Files.exists(mark(harbour, "web")));
      until.complete(null);
      still(harbour, "resting").complete(null);
      assertTrue(isPaused(harbour, "web"));
      harbour.good(new Unpause("web"));
    }
  }

  @Test
  void an_engine_that_starts_thaws_what_the_last_one_froze_and_nothing_else() {
    var runtime = new FakeRuntime();
    var roots = new FakeRoots(directory.resolve("roots"));
    try (var harbour = new Harbour(directory, runtime, roots)) {
      harbour.run("frozen", Specs.plain("sh"));
      harbour.run("paused", Specs.plain("sh"));
      harbour.good(new Pause("paused"));
      still(harbour, "frozen");
      still(harbour, "paused");
      assertTrue(isPaused(harbour, "frozen"));
    }
    try (var harbour = new Harbour(directory, runtime, roots)) {
      assertInstanceOf(Lifecycle.Running.class, harbour.inspect("frozen").state());
      assertTrue(isPaused(harbour, "paused"));
      assertFalse(Files.exists(mark(harbour, "frozen")));
    }
  }
}
