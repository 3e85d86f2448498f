package argosy.engine.container;

import static argosy.engine.container.Harbour.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.ContainerRequest.Kill;
import argosy.engine.container.ContainerRequest.Pause;
import argosy.engine.container.ContainerRequest.Rename;
import argosy.engine.container.ContainerRequest.Start;
import argosy.engine.container.ContainerRequest.Stop;
import argosy.engine.container.ContainerRequest.Unpause;
import argosy.engine.failure.Failure;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.HealthSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container's life is when the disk is full or its health fails. */
class LifeTest {
  private static final Map<String, String> AGAIN = Map.of("argosy.restart-unhealthy", "true");

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

  /** Makes writing a record fail, as a full disk does, until what is returned is deleted. */
  private Path fullDisk(String id) {
    try {
      Path record = harbour.around.containers().resolve(id).resolve("record.json");
      Files.delete(record);
      return Files.createDirectory(record);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_kill_of_one_that_has_just_ended_by_itself_is_well_and_keeps_it_down() {
    String id = harbour.run("flaps", Specs.restarting(RestartPolicy.Name.ALWAYS, 0));
    harbour.runtime.endedUnheard = true;
    harbour.good(new Kill("flaps", "USR1"));
    var killing = harbour.send(new Kill("flaps", "KILL"));
    until("it was tried", () -> harbour.runtime.calls.contains("signal 9"));
    harbour.runtime.exit(id, 4);
    Harbour.good(Harbour.get(killing));
    assertInstanceOf(Lifecycle.Exited.class, harbour.inspect("flaps").state());
  }

  @Test
  void a_stop_that_can_not_be_noted_is_not_acknowledged() throws IOException {
    String id = harbour.run("web", Specs.restarting(RestartPolicy.Name.ALWAYS, 0));
    Path full = fullDisk(id);
    var failure = assertInstanceOf(Failure.Internal.class, harbour.bad(stop()));
    assertTrue(failure.message().startsWith("container web: done, but"), failure.message());
    assertInstanceOf(Lifecycle.Exited.class, harbour.inspect("web").state());
    Files.delete(full);
    harbour.good(new Start("web"));
    harbour.good(stop());
    harbour.good(new Start("web"));
  }

  private static Stop stop() {
    return new Stop("web", null, null);
  }

  @Test
  void a_start_that_can_not_be_noted_starts_nothing() throws IOException {
    String id = harbour.create("web", Specs.restarting(RestartPolicy.Name.ALWAYS, 0));
    Path full = fullDisk(id);
    assertInstanceOf(Failure.Internal.class, harbour.bad(new Start("web")));
    assertTrue(harbour.runtime.calls.isEmpty(), harbour.runtime.calls.toString());
    Files.delete(full);
    harbour.good(new Start("web"));
  }

  @Test
  void a_name_that_can_not_be_noted_is_not_taken() throws IOException {
    String id = harbour.create("web", Specs.plain("sh"));
    Path full = fullDisk(id);
    assertInstanceOf(Failure.Internal.class, harbour.bad(new Rename("web", "new")));
    assertEquals("web", harbour.inspect(id).name());
    harbour.create("new", Specs.plain("sh"));
    Files.delete(full);
    harbour.good(new Rename("web", "newer"));
    until("told", () -> harbour.actions().getLast().equals("rename"));
    assertEquals("/web", harbour.events.getLast().attributes().get("oldName"));
    harbour.create("web", Specs.plain("sh"));
  }

  private static final HealthSpec CHECK =
      new HealthSpec(
          List.of("CMD", "check", "it"),
          Duration.ofSeconds(1),
          Duration.ofSeconds(9),
          1,
          Duration.ZERO,
          Duration.ZERO);

  /** The next probe ends with this code. */
  private void probe(int number, int code) {
    harbour.time().timePasses(Duration.ofSeconds(1));
    until("probe " + number, () -> harbour.runtime.execs.size() == number);
    var exec = harbour.runtime.execs.getLast();
    int told = count("exec_die");
    until("listened to", exec::isAwaited);
    exec.exit(code);
    until("heard", () -> count("exec_die") > told);
  }

  private int count(String action) {
    return (int) harbour.actions().stream().filter(action::equals).count();
  }

  @Test
  void probes_are_execs_and_go_on_after_a_pause() {
    harbour.run("web", Specs.checked(CHECK, Map.of()));
    probe(1, 0);
    until("told", () -> harbour.actions().contains("health_status: healthy"));
    harbour.saw(
        List.of(
            "create",
            "start",
            "exec_create: check it",
            "exec_start: check it",
            "exec_die",
            "health_status: healthy"));
    harbour.good(new Pause("web"));
    harbour.time().timePasses(Duration.ofSeconds(1));
    harbour.good(new Unpause("web"));
    assertEquals(1, harbour.runtime.execs.size());
    probe(2, 1);
    until("told", () -> harbour.actions().contains("health_status: unhealthy"));
    assertInstanceOf(Lifecycle.Running.class, harbour.inspect("web").state());
  }

  @Test
  void an_unhealthy_one_runs_again_when_it_asks_for_that() {
    harbour.run("web", Specs.checked(CHECK, AGAIN));
    probe(1, 1);
    waits();
    harbour.time().timePasses(Duration.ofMillis(100));
    runsAgain(1);
    probe(2, 1);
    waits();
    harbour.time().timePasses(Duration.ofMillis(100));
    assertInstanceOf(Lifecycle.Restarting.class, harbour.inspect("web").state());
    harbour.time().timePasses(Duration.ofMillis(100));
    runsAgain(2);
    harbour.good(stop());
    harbour.time().timePasses(Duration.ofMinutes(2));
    assertInstanceOf(Lifecycle.Exited.class, harbour.inspect("web").state());
  }

  private void waits() {
    until("waits", () -> harbour.inspect("web").state() instanceof Lifecycle.Restarting);
    until("left", () -> harbour.joined.isEmpty());
  }

  private void runsAgain(int times) {
    until("runs", () -> harbour.inspect("web").state() instanceof Lifecycle.Running);
    assertEquals(times, harbour.inspect("web").restartCount());
  }
}
