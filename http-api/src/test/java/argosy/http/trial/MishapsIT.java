package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may happen to a host's daemon and its containers behind their backs. */
class MishapsIT extends OneHost {
  MishapsIT() {
    super(28);
  }

  @AfterEach
  void no_container_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
  }

  @Test
  void a_container_whose_monitor_died_runs_on_and_its_end_is_seen() {
    run("orphan", "sleep", "1000");
    kill(monitor("orphan"));
    assertEquals("in", daemon.docker("exec", "orphan", "echo", "in").ok());
    assertEquals("running", inspect("orphan", "{{.State.Status}}"));
    daemon.docker("kill", "orphan").ok();
    assertEquals("exited 255", inspect("orphan", "{{.State.Status}} {{.State.ExitCode}}"));
    assertTrue(inspect("orphan", "{{.State.Error}}").contains("nobody saw it end"));
    daemon.docker("start", "orphan").ok();
    assertEquals("in", daemon.docker("exec", "orphan", "echo", "in").ok());
  }

  @Test
  void monitor_and_container_killed_together_are_an_end_like_any_other() {
    run("both", "--restart", "always", busybox, "sleep", "1000");
    String pid = pid("both");
    kill(monitor("both"));
    kill(pid);
    Shell.await("it runs again", () -> running("both") && !pid("both").equals(pid));
    assertEquals("in", daemon.docker("exec", "both", "echo", "in").ok());
  }

  @Test
  void what_lost_its_monitor_while_the_daemon_was_away_is_adopted_all_the_same() {
    run("left", "sleep", "1000");
    run("gone", "sleep", "1000");
    String left = monitor("left");
    String gone = monitor("gone");
    String pid = pid("gone");
    daemon.kill();
    kill(left);
    kill(gone);
    kill(pid);
    daemon.start();
    assertTrue(running("left"));
    assertEquals("in", daemon.docker("exec", "left", "echo", "in").ok());
    assertEquals("exited 255", inspect("gone", "{{.State.Status}} {{.State.ExitCode}}"));
    assertEquals("left", daemon.docker("stop", "-t", "0", "left").ok());
  }

  @Test
  void a_process_killed_from_outside_is_137_and_the_restart_policy_sees_to_it() {
    run("plain", "sleep", "1000");
    run("again", "--restart", "on-failure", busybox, "sleep", "1000");
    String pid = pid("again");
    kill(pid("plain"));
    kill(pid);
    Shell.await("it is known to be dead", () -> !running("plain"));
    assertEquals("exited 137", inspect("plain", "{{.State.Status}} {{.State.ExitCode}}"));
    Shell.await("it runs again", () -> running("again") && !pid("again").equals(pid));
    assertEquals("1", inspect("again", "{{.RestartCount}}"));
  }

  @Test
  void a_runtime_that_is_missing_fails_the_start_and_not_the_container() throws IOException {
    assertTrue(
        daemon.docker("run", "--runtime", "nosuch", busybox, "true").err().contains("nosuch"));
    Path runtime = directory.resolve("myrunc");
    Files.copy(Path.of("/usr/sbin/runc"), runtime);
    var other =
        new Daemon(
            hosts,
            2,
            directory.resolve("n2"),
            "--runtime",
            runtime.toString(),
            "--insecure-registry",
            registry.address());
    try {
      other.docker("pull", busybox).ok();
      other.docker("create", "--name", "box", busybox, "sleep", "1000").ok();
      Path away = Files.move(runtime, directory.resolve("away"));
      var start = other.docker("start", "box");
      assertEquals(1, start.code());
      assertTrue(start.err().contains(runtime.toString()), start.err());
      assertEquals("created", other.docker("inspect", "-f", "{{.State.Status}}", "box").ok());
      Files.move(away, runtime);
      assertEquals("box", other.docker("start", "box").ok());
    } finally {
      other.close();
    }
  }

  @Test
  void a_record_that_can_not_be_read_costs_nobody_else_anything() throws IOException {
    run("good", "sleep", "1000");
    run("living", "sleep", "1000");
    daemon.docker("create", "--name", "resting", busybox, "true").ok();
    String living = inspect("living", "{{.Id}}");
    String resting = inspect("resting", "{{.Id}}");
    daemon.kill();
    Path records = directory.resolve("n1/data/containers");
    Files.writeString(records.resolve(living).resolve("record.json"), "{\"id\": \"");
    Files.write(records.resolve(resting).resolve("record.json"), new byte[] {0, 1, 2});
    daemon.start();
    assertTrue(running("good"));
    assertEquals("in", daemon.docker("exec", "good", "echo", "in").ok());
    assertTrue(daemon.logText().contains(resting + "/record.json can not be read"));
    assertEquals("dead", inspect(resting, "{{.State.Status}}"));
    assertTrue(inspect(resting, "{{.State.Error}}").contains("record"));
    assertEquals("running", inspect(living, "{{.State.Status}}"));
    assertNotEquals(0, daemon.docker("start", resting).code());
    daemon.docker("rm", resting).ok();
    daemon.docker("rm", "-f", living).ok();
    Shell.await("its files are gone", () -> !Files.exists(records.resolve(living)));
  }

  @Test
  void a_thousand_stopped_containers_are_there_at_once() throws IOException {
    daemon.docker("run", "--name", "model", busybox, "true").ok();
    String id = inspect("model", "{{.Id}}");
    daemon.terminate();
    Path records = directory.resolve("n1/data/containers");
    for (int i = 0; i < 1000; i++) {
      String other = "%064x".formatted(i + 1);
      Path copy = Files.createDirectories(records.resolve(other));
      for (String file : List.of("record.json", "state.json")) {
        String text = Files.readString(records.resolve(id).resolve(file));
        Files.writeString(
            copy.resolve(file),
            text.replace(id, other).replace("\"model\"", "\"model-" + i + "\""));
      }
    }
    daemon.start();
    System.out.printf("start-up with 1000 stopped containers: %d ms%n", daemon.startUpMillis());
    assertEquals(1001, daemon.docker("ps", "-aq").ok().lines().count());
    assertEquals("exited 0", inspect("model-999", "{{.State.Status}} {{.State.ExitCode}}"));
    daemon.docker("container", "prune", "-f").ok();
    assertEquals("", daemon.docker("ps", "-aq").ok());
    Shell.await("their files are gone", () -> isEmpty(records));
  }

  @Test
  void a_second_daemon_on_the_same_data_root_is_refused() {
    run("first", "sleep", "1000");
    var second = Daemon.by(List.of(), hosts, 2, directory.resolve("n1")).refusal();
    assertEquals(1, second.code());
    assertTrue(second.err().contains("another daemon uses the data root"), second.err());
    assertEquals("in", daemon.docker("exec", "first", "echo", "in").ok());
  }

  private void run(String name, String... more) {
    var words = new java.util.ArrayList<>(List.of("run", "-d", "--name", name));
    if (!List.of(more).contains(busybox)) {
      words.add(busybox);
    }
    words.addAll(List.of(more));
    daemon.docker(words.toArray(String[]::new)).ok();
  }

  private String inspect(String name, String format) {
    return daemon.docker("inspect", "-f", format, name).ok();
  }

  private boolean running(String name) {
    return inspect(name, "{{.State.Status}}").equals("running");
  }

  private String pid(String name) {
    return inspect(name, "{{.State.Pid}}");
  }

  /** The pid of a container's conmon. */
  private String monitor(String name) {
    Path bundle = directory.resolve("n1/run/bundles").resolve(inspect(name, "{{.Id}}"));
    try {
      return Files.readString(bundle.resolve("conmon.pid")).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void kill(String pid) {
    Shell.run(List.of("kill", "-KILL", pid)).ok();
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
