package argosy.engine.container;

import static argosy.engine.container.Harbour.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.Container.Health;
import argosy.engine.container.ContainerRequest.Find;
import argosy.engine.container.ContainerRequest.Remove;
import argosy.engine.container.ContainerRequest.Start;
import argosy.engine.container.ContainerRequest.Stop;
import argosy.engine.failure.Failure;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.HealthSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon dies and comes back; the runtime and the disk stay. */
class ComebackTest {
  private static final Find ALL = new Find(true, 0, false, Map.of());

  @TempDir Path directory;

  private void comeback(Consumer<Harbour> before, Consumer<Harbour> after) {
    var runtime = new FakeRuntime();
    var roots = new FakeRoots(directory.resolve("roots"));
    try (var harbour = new Harbour(directory, runtime, roots)) {
      before.accept(harbour);
    }
    try (var harbour = new Harbour(directory, runtime, roots)) {
      after.accept(harbour);
    }
  }

  @Test
  void a_running_one_is_adopted_with_its_end() {
    comeback(
        harbour -> harbour.run("web", Specs.plain("sh")),
        harbour -> {
          var found = harbour.inspect("web");
          assertInstanceOf(Lifecycle.Running.class, found.state());
          assertEquals(List.of(found.id()), harbour.adopted);
          assertTrue(harbour.images.contains(found.id()));
          harbour.good(new Stop("web", null, null));
          assertEquals(143, ((Lifecycle.Exited) harbour.inspect("web").state()).ended().code());
        });
  }

  @Test
  void one_that_is_frozen_is_paused_whoever_did_it() {
    var runtime = new FakeRuntime();
    var roots = new FakeRoots(directory.resolve("roots"));
    try (var harbour = new Harbour(directory, runtime, roots)) {
      harbour.run("web", Specs.plain("sh"));
      runtime.pause(harbour.inspect("web").id());
    }
    try (var harbour = new Harbour(directory, runtime, roots)) {
      assertInstanceOf(Lifecycle.Paused.class, harbour.inspect("web").state());
    }
  }

  @Test
  void one_that_the_runtime_has_lost_ended_with_an_unknown_code() {
    try (var harbour = new Harbour(directory)) {
      harbour.run("web", Specs.plain("sh"));
    }
    try (var harbour = new Harbour(directory)) {
      assertEquals(255, ((Lifecycle.Exited) harbour.inspect("web").state()).ended().code());
    }
  }

  @Test
  void an_exit_code_is_collected_and_told() {
    var runtime = new FakeRuntime();
    var roots = new FakeRoots(directory.resolve("roots"));
    String id;
    try (var harbour = new Harbour(directory, runtime, roots)) {
      id = harbour.run("web", Specs.plain("sh"));
    }
    runtime.exit(id, 5);
    try (var harbour = new Harbour(directory, runtime, roots)) {
      assertEquals(5, ((Lifecycle.Exited) harbour.inspect("web").state()).ended().code());
      until("told", () -> harbour.actions().contains("die"));
      until("cleared", () -> runtime.calls.contains("delete " + id) && roots.mounted.isEmpty());
      harbour.good(new Start("web"));
    }
  }

  private static final HealthSpec CHECK =
      new HealthSpec(
          List.of("CMD", "check"),
          Duration.ofSeconds(1),
          Duration.ofSeconds(9),
          1,
          Duration.ZERO,
          Duration.ZERO);

  private static void healthy(Harbour harbour) {
    harbour.run("web", Specs.checked(CHECK, Map.of()));
    harbour.time().timePasses(Duration.ofSeconds(1));
    until("probed", () -> harbour.runtime.execs.size() == 1);
    until("listened to", harbour.runtime.execs.getFirst()::isAwaited);
    harbour.runtime.execs.getFirst().exit(0);
    until("told", () -> harbour.actions().contains("health_status: healthy"));
  }

  private static Health health(Harbour harbour) {
    return Objects.requireNonNull(harbour.inspect("web").health());
  }

  /** As in Docker nothing that rests is healthy; what the probes said stays to be read. */
  @Test
  void the_health_of_one_that_ended_is_remembered() {
    comeback(
        harbour -> {
          healthy(harbour);
          assertEquals("healthy", health(harbour).status());
          harbour.good(new Stop("web", null, null));
          assertEquals("unhealthy", health(harbour).status());
        },
        harbour -> {
          var health = health(harbour);
          assertEquals("unhealthy", health.status());
          assertEquals(0, health.log().getFirst().exitCode());
          harbour.good(new Start("web"));
          assertEquals("starting", health(harbour).status());
          assertEquals(health.log(), health(harbour).log());
        });
  }

  @Test
  void so_is_that_of_one_that_ended_while_the_daemon_was_away() {
    var runtime = new FakeRuntime();
    var roots = new FakeRoots(directory.resolve("roots"));
    String id;
    try (var harbour = new Harbour(directory, runtime, roots)) {
      healthy(harbour);
      id = harbour.inspect("web").id();
    }
    runtime.exit(id, 5);
    try (var harbour = new Harbour(directory, runtime, roots)) {
      assertEquals("unhealthy", health(harbour).status());
      assertEquals(1, health(harbour).log().size());
    }
  }

  @Test
  void a_thrown_away_one_that_ended_meanwhile_is_removed() {
    var runtime = new FakeRuntime();
    var roots = new FakeRoots(directory.resolve("roots"));
    String id;
    try (var harbour = new Harbour(directory, runtime, roots)) {
      id = harbour.run("web", Specs.thrownAway("sh"));
    }
    runtime.exit(id, 0);
    try (var harbour = new Harbour(directory, runtime, roots)) {
      until("gone", () -> harbour.good(ALL).containers().isEmpty());
      until("files gone", () -> roots.made.isEmpty());
    }
  }

  @Test
  void policies_bring_up_what_should_run() {
    var runtime = new FakeRuntime();
    var roots = new FakeRoots(directory.resolve("roots"));
    String always;
    String unless;
    try (var harbour = new Harbour(directory, runtime, roots)) {
      always = harbour.run("always", Specs.restarting(RestartPolicy.Name.ALWAYS, 0));
      unless = harbour.run("unless", Specs.restarting(RestartPolicy.Name.UNLESS_STOPPED, 0));
      harbour.run("rested", Specs.restarting(RestartPolicy.Name.UNLESS_STOPPED, 0));
      harbour.run("no", Specs.plain("sh"));
      harbour.create("never", Specs.restarting(RestartPolicy.Name.ALWAYS, 0));
      harbour.good(new Stop("rested", null, null));
    }
    List.of(always, unless).forEach(id -> runtime.exit(id, 1));
    try (var harbour = new Harbour(directory, runtime, roots)) {
      for (String name : List.of("always", "unless")) {
        until(name, () -> harbour.inspect(name).state() instanceof Lifecycle.Running);
      }
      assertInstanceOf(Lifecycle.Exited.class, harbour.inspect("rested").state());
      assertInstanceOf(Lifecycle.Created.class, harbour.inspect("never").state());
    }
  }

  @Test
  void a_corrupt_record_is_set_aside_and_its_container_can_only_be_removed() throws IOException {
    var runtime = new FakeRuntime();
    var roots = new FakeRoots(directory.resolve("roots"));
    String id;
    try (var harbour = new Harbour(directory, runtime, roots)) {
      id = harbour.create("web", Specs.plain("sh"));
      harbour.create("other", Specs.plain("sh"));
    }
    Path own = directory.resolve("containers").resolve(id);
    Files.writeString(own.resolve("record.json"), "{");
    Path stray = Files.createDirectories(directory.resolve("containers/abc"));
    try (var harbour = new Harbour(directory, runtime, roots)) {
      assertEquals(2, harbour.good(ALL).containers().size());
      assertEquals(new Failure.NotFound("No such container: web"), harbour.bad(new Start("web")));
      String name = "unreadable-" + id.substring(0, 12);
      assertInstanceOf(Lifecycle.Dead.class, harbour.inspect(name).state());
      assertInstanceOf(Failure.Conflict.class, harbour.bad(new Start(id)));
      assertTrue(Files.exists(own.resolve("record.json.corrupt")));
      assertFalse(Files.exists(stray));
      harbour.good(new Remove(id, false, false));
      until("its files are gone", () -> !Files.exists(own));
    }
  }
}
