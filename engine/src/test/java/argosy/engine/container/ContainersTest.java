package argosy.engine.container;

import static argosy.engine.container.Harbour.get;
import static argosy.engine.container.Harbour.good;
import static argosy.engine.container.Harbour.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.ContainerRequest.Find;
import argosy.engine.container.ContainerRequest.Kill;
import argosy.engine.container.ContainerRequest.Pause;
import argosy.engine.container.ContainerRequest.Remove;
import argosy.engine.container.ContainerRequest.Rename;
import argosy.engine.container.ContainerRequest.Restart;
import argosy.engine.container.ContainerRequest.Start;
import argosy.engine.container.ContainerRequest.Stop;
import argosy.engine.container.ContainerRequest.Unpause;
import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.engine.failure.Failure;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainersTest {
  @TempDir Path directory;
  private Harbour harbour;

  @BeforeEach
  void open() {
    harbour = new Harbour(directory);
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private static final Find ALL = new Find(true, 0, false, Map.of());

  @Test
  void runs_to_its_end() {
    String id = harbour.run("web", Specs.plain("sh"));
    assertInstanceOf(Lifecycle.Running.class, harbour.inspect("web").state());
    assertEquals(harbour.runtime.pid(id), runningPid("web"));
    harbour.runtime.exit(id, 3);
    until("exited", () -> harbour.inspect("web").state() instanceof Lifecycle.Exited);
    var exited = (Lifecycle.Exited) harbour.inspect("web").state();
    assertEquals(3, exited.ended().code());
    until("left", () -> harbour.joined.isEmpty() && harbour.roots.mounted.isEmpty());
    harbour.saw(List.of("create", "start", "die"));
    assertEquals("3", harbour.events.getLast().attributes().get("exitCode"));
    assertEquals("web", harbour.events.getLast().attributes().get("tier"));
  }

  private int runningPid(String name) {
    return ((Lifecycle.Running) harbour.inspect(name).state()).pid();
  }

  @Test
  void one_that_ends_at_once_is_not_lost() {
    harbour.runtime.endsAtOnce = 0;
    harbour.run("quick", Specs.plain("true"));
    until("exited", () -> harbour.inspect("quick").state() instanceof Lifecycle.Exited);
    harbour.saw(List.of("create", "start", "die"));
  }

  @Test
  void a_thrown_away_one_leaves_nothing() {
    String id = harbour.create("tmp", Specs.thrownAway("true"));
    var removed = good(get(harbour.streams.await("tmp", WaitCondition.REMOVED)));
    harbour.good(new Start("tmp"));
    harbour.runtime.exit(id, 5);
    assertEquals(5, get(removed).code());
    assertEquals(new Failure.NotFound("No such container: tmp"), harbour.bad(new Start("tmp")));
    harbour.saw(List.of("create", "start", "die", "destroy"));
    until(
        "all gone",
        () ->
            harbour.roots.made.isEmpty()
                && harbour.images.isEmpty()
                && !Files.exists(directory.resolve("containers").resolve(id)));
    harbour.create("tmp", Specs.plain("true"));
  }

  @Test
  void a_name_is_given_once() {
    String id = harbour.create("web", Specs.plain("sh"));
    var failure = harbour.bad(new ContainerRequest.Create("web", Specs.plain("sh")));
    assertEquals(
        new Failure.Conflict(
            "Conflict. The container name \"/web\" is already in use by container \""
                + id
                + "\". You have to remove (or rename) that container to be able to reuse that"
                + " name."),
        failure);
    harbour.good(new Rename("web", "old"));
    assertEquals("old", harbour.inspect(id).name());
    String second = harbour.create("web", Specs.plain("sh"));
    assertEquals(second, harbour.inspect("web").id());
    assertInstanceOf(Failure.Conflict.class, harbour.bad(new Rename("web", "old")));
  }

  @Test
  void a_failed_create_frees_the_name() {
    assertEquals(
        new Failure.NotFound("No such image: nope:latest"),
        harbour.bad(
            new ContainerRequest.Create(
                "web",
                new argosy.engine.spec.ContainerSpec(
                    "nope",
                    Specs.process(Specs.PLAIN, "sh"),
                    Specs.plain("sh").identity(),
                    Specs.plain("sh").isolation(),
                    Specs.plain("sh").security(),
                    Specs.plain("sh").resources(),
                    Specs.STORAGE,
                    Specs.NETWORK,
                    Specs.plain("sh").log(),
                    RestartPolicy.NONE,
                    null,
                    false,
                    null,
                    null))));
    assertEquals(
        new Failure.Invalid("No command specified"),
        harbour.bad(new ContainerRequest.Create("web", Specs.plain())));
    assertTrue(harbour.images.isEmpty());
    harbour.create("web", Specs.plain("sh"));
  }

  @Test
  void a_failed_start_is_undone_and_told() {
    harbour.runtime.createFails =
        "runc create failed: unable to start container process: exec: \"/nope\": stat /nope: no"
            + " such file or directory";
    harbour.create("web", Specs.plain("/nope"));
    var failure = harbour.bad(new Start("web"));
    assertInstanceOf(Failure.Invalid.class, failure);
    assertTrue(failure.message().contains("OCI runtime create failed: runc create failed"));
    var exited = (Lifecycle.Exited) harbour.inspect("web").state();
    assertEquals(127, exited.ended().code());
    assertTrue(harbour.joined.isEmpty());
    assertTrue(harbour.roots.mounted.isEmpty());
    harbour.saw(List.of("create"));
    harbour.runtime.createFails = null;
    harbour.good(new Start("web"));
  }

  @Test
  void a_taken_port_leaves_nothing_mounted() {
    harbour.portTaken = true;
    harbour.create("web", Specs.plain("sh"));
    assertEquals("port is already allocated", harbour.bad(new Start("web")).message());
    assertTrue(harbour.roots.mounted.isEmpty());
    assertEquals(128, ((Lifecycle.Exited) harbour.inspect("web").state()).ended().code());
  }

  @Test
  void a_stop_is_a_signal_and_then_an_end() {
    harbour.run("web", Specs.plain("sh"));
    assertInstanceOf(Failure.NotModified.class, harbour.bad(new Start("web")));
    harbour.good(new Stop("web", null, null));
    assertEquals(143, ((Lifecycle.Exited) harbour.inspect("web").state()).ended().code());
    assertInstanceOf(Failure.NotModified.class, harbour.bad(new Stop("web", null, null)));
    harbour.saw(List.of("create", "start", "kill", "die", "stop"));
  }

  @Test
  void who_does_not_heed_is_killed_in_time() {
    harbour.runtime.deadly = List.of(9);
    harbour.run("web", Specs.plain("sh"));
    var stopping = harbour.send(new Stop("web", "SIGINT", 3));
    until("signalled", () -> harbour.runtime.calls.contains("signal 2"));
    harbour.time().expectNoMessageFor(Duration.ofSeconds(2));
    assertFalse(harbour.runtime.calls.contains("signal 9"));
    harbour.time().timePasses(Duration.ofSeconds(2));
    good(get(stopping));
    harbour.saw(List.of("create", "start", "kill", "kill", "die", "stop"));
  }

  @Test
  void kill_answers_in_docker_s_words() {
    String id = harbour.create("web", Specs.plain("sh"));
    assertEquals(
        new Failure.Conflict("Cannot kill container: web: container " + id + " is not running"),
        harbour.bad(new Kill("web", "KILL")));
    harbour.good(new Start("web"));
    assertEquals(new Failure.Invalid("Invalid signal: FOO"), harbour.bad(new Kill("web", "FOO")));
    harbour.good(new Kill("web", "USR1"));
    assertInstanceOf(Lifecycle.Running.class, harbour.inspect("web").state());
    harbour.good(new Kill("web", ""));
    assertInstanceOf(Lifecycle.Exited.class, harbour.inspect("web").state());
  }

  @Test
  void a_running_one_is_removed_by_force_only() {
    harbour.run("web", Specs.plain("sh"));
    assertEquals(
        new Failure.Conflict(
            "cannot remove container \"/web\": container is running: stop the container before"
                + " removing or force remove"),
        harbour.bad(new Remove("web", false, false)));
    harbour.good(new Remove("web", true, false));
    harbour.saw(List.of("create", "start", "kill", "die", "destroy"));
    assertTrue(harbour.good(ALL).containers().isEmpty());
  }

  @Test
  void pause_and_back() {
    String id = harbour.run("web", Specs.plain("sh"));
    harbour.good(new Pause("web"));
    assertInstanceOf(Lifecycle.Paused.class, harbour.inspect("web").state());
    assertEquals(
        new Failure.Conflict("Container " + id + " is already paused"),
        harbour.bad(new Pause("web")));
    harbour.good(new Unpause("web"));
    harbour.good(new Pause("web"));
    harbour.good(new Stop("web", null, null));
    assertInstanceOf(Lifecycle.Exited.class, harbour.inspect("web").state());
  }

  @Test
  void restart_stops_and_starts() {
    harbour.run("web", Specs.plain("sh"));
    harbour.good(new Restart("web", null, null));
    assertInstanceOf(Lifecycle.Running.class, harbour.inspect("web").state());
    harbour.saw(List.of("create", "start", "kill", "die", "stop", "start", "restart"));
  }

  @Test
  void tries_again_with_growing_patience() {
    String id = harbour.run("web", Specs.restarting(RestartPolicy.Name.ALWAYS, 0));
    harbour.runtime.exit(id, 1);
    until("waits", () -> harbour.inspect("web").state() instanceof Lifecycle.Restarting);
    until("left", () -> harbour.joined.isEmpty());
    timePasses(100);
    until("runs again", () -> harbour.inspect("web").state() instanceof Lifecycle.Running);
    assertEquals(1, harbour.inspect("web").restartCount());
    harbour.runtime.exit(id, 1);
    until("waits", () -> harbour.inspect("web").state() instanceof Lifecycle.Restarting);
    until("left", () -> harbour.joined.isEmpty());
    harbour.good(new Stop("web", null, null));
    timePasses(60_000);
    assertInstanceOf(Lifecycle.Exited.class, harbour.inspect("web").state());
  }

  private void timePasses(long millis) {
    harbour.time().timePasses(Duration.ofMillis(millis));
  }

  @Test
  void a_stopped_one_is_not_tried_again() {
    harbour.run("web", Specs.restarting(RestartPolicy.Name.ALWAYS, 0));
    harbour.good(new Stop("web", null, null));
    assertInstanceOf(Lifecycle.Exited.class, harbour.inspect("web").state());
  }

  @Test
  void several_orders_at_once_are_all_answered() {
    harbour.run("web", Specs.plain("sh"));
    var first = harbour.send(new Stop("web", null, null));
    var second = harbour.send(new Stop("web", null, null));
    var third = harbour.send(new Remove("web", true, false));
    var fourth = harbour.send(new Start("web"));
    get(first);
    get(second);
    good(get(third));
    get(fourth);
    assertTrue(harbour.good(ALL).containers().isEmpty());
  }

  @Test
  void a_failing_actor_comes_back_to_the_truth() {
    String id = harbour.run("web", Specs.plain("sh"));
    harbour.roots.fails = true;
    var lost = harbour.send(new ContainerRequest.Inspect("web", true));
    until("failed", () -> !harbour.roots.fails);
    timePasses(1000);
    until("adopted", () -> harbour.runtime.listeners(id) == 2);
    harbour.runtime.exit(id, 4);
    until("exited", () -> harbour.inspect("web").state() instanceof Lifecycle.Exited);
    assertEquals(4, ((Lifecycle.Exited) harbour.inspect("web").state()).ended().code());
    until("told", () -> harbour.actions().contains("die"));
    assertEquals(1, harbour.actions().stream().filter("die"::equals).count());
    assertFalse(lost.toCompletableFuture().isDone());
  }

  @Test
  void a_policy_and_throwing_away_exclude_each_other() {
    var spec =
        Specs.spec(
            Specs.process(Specs.PLAIN, "sh"),
            Specs.STORAGE,
            new RestartPolicy(RestartPolicy.Name.ALWAYS, 0),
            true);
    assertEquals(
        new Failure.Invalid("can't create 'AutoRemove' container with restart policy"),
        harbour.bad(new ContainerRequest.Create("web", spec)));
  }

  @Test
  void limits_that_the_kernel_refuses_stay_what_they_were() {
    harbour.run("web", Specs.plain("sh"));
    var more = Resources.NONE.with(new Resources.Memory(1 << 26, 0, 1 << 27, null, 0));
    harbour.runtime.updateFails = "no memory is left";
    assertEquals(
        "no memory is left", harbour.bad(new ContainerRequest.Update("web", more, null)).message());
    assertEquals(0, harbour.inspect("web").spec().resources().memory().limit());
    harbour.runtime.updateFails = null;
    harbour.good(new ContainerRequest.Update("web", more, null));
    assertEquals(1 << 26, harbour.inspect("web").spec().resources().memory().limit());
  }

  @Test
  void an_update_changes_what_it_names() {
    harbour.run("web", Specs.plain("sh"));
    var always = new RestartPolicy(RestartPolicy.Name.ALWAYS, 0);
    harbour.good(new ContainerRequest.Update("web", Resources.NONE, always));
    assertEquals(always, harbour.inspect("web").spec().restart());
    until("told", () -> harbour.actions().getLast().equals("update"));
  }
}
