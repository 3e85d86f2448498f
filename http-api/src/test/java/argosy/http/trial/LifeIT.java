package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Containers' lives as the stock CLI tells them: starts that fail, restarts, health, ends. */
class LifeIT extends OneHost {
  LifeIT() {
    super(24);
  }

  private String inspect(String name, String template) {
    return daemon.docker("inspect", "-f", template, name).ok();
  }

  private void await(String name, String template, String value) {
    Shell.await(
        template + " of " + name + " is " + value, () -> inspect(name, template).equals(value));
  }

  private String status(String name) {
    return daemon.docker("ps", "-a", "--filter", "name=" + name, "--format", "{{.Status}}").ok();
  }

  @Test
  void a_start_that_fails_says_why_with_docker_s_codes() {
    var missing = daemon.docker("run", "--name", "missing", busybox, "/nope");
    assertEquals(127, missing.code());
    assertTrue(missing.err().contains("OCI runtime create failed"), missing.err());
    assertEquals("Created", status("missing"));
    assertEquals("127 created", inspect("missing", "{{.State.ExitCode}} {{.State.Status}}"));
    assertTrue(inspect("missing", "{{.State.Error}}").contains("OCI runtime create failed"));
    assertEquals(1, daemon.docker("start", "missing").code());
    assertEquals(126, daemon.docker("run", "--rm", busybox, "/etc").code());
    assertEquals(125, daemon.docker("run", "--rm", "--log-driver", "asdf", busybox, "true").code());
    daemon.docker("rm", "missing").ok();
  }

  @Test
  void orders_answer_in_docker_s_words() {
    daemon.docker("run", "-d", "--name", "words", busybox, "sleep", "1000").ok();
    says("Invalid signal: FOO", "kill", "-s", "FOO", "words");
    says("Invalid signal: 65", "kill", "-s", "65", "words");
    says("is not paused", "unpause", "words");
    says("container is running: stop the container before removing or force remove", "rm", "words");
    says("same name as its current name", "rename", "words", "words");
    daemon.docker("pause", "words").ok();
    assertTrue(status("words").endsWith("(Paused)"), status("words"));
    says("is already paused", "pause", "words");
    says("paused and must be unpaused first", "rm", "words");
    daemon.docker("stop", "-t", "1", "words").ok();
    assertTrue(status("words").startsWith("Exited (137) "), status("words"));
    says("is not running", "kill", "words");
    daemon.docker("stop", "words").ok();
    daemon.docker("rename", "words", "fresh").ok();
    daemon.docker("create", "--name", "words", busybox, "true").ok();
    says("No such container: gone", "rm", "gone");
    says("Cannot kill container: gone: No such container: gone", "kill", "gone");
    daemon.docker("rm", "words", "fresh").ok();
  }

  private void says(String what, String... command) {
    var result = daemon.docker(command);
    assertEquals(1, result.code(), String.join(" ", command));
    assertTrue(result.err().contains(what), result.err());
  }

  @Test
  void policies_try_again_and_rest_as_told() {
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "twice",
            "--restart",
            "on-failure:2",
            busybox,
            "sh",
            "-c",
            "exit 3")
        .ok();
    daemon
        .docker(
            "run", "-d", "--name", "flaps", "--restart", "always", busybox, "sh", "-c", "exit 4")
        .ok();
    Shell.await("it is tried again", () -> status("flaps").startsWith("Restarting (4) "));
    daemon.docker("kill", "flaps").ok();
    assertEquals("exited", inspect("flaps", "{{.State.Status}}"));
    await("twice", "{{.RestartCount}} {{.State.Status}} {{.State.ExitCode}}", "2 exited 3");
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "unless",
            "--restart",
            "unless-stopped",
            busybox,
            "sleep",
            "1000")
        .ok();
    daemon
        .docker("run", "-d", "--name", "always", "--restart", "always", busybox, "sleep", "1000")
        .ok();
    daemon.docker("stop", "-t", "0", "unless", "always").ok();
    daemon.kill();
    daemon.start();
    await("always", "{{.State.Status}}", "running");
    assertEquals("exited", inspect("unless", "{{.State.Status}}"));
    assertEquals("exited", inspect("twice", "{{.State.Status}}"));
    daemon.docker("rm", "-f", "twice", "unless", "always", "flaps").ok();
  }

  @Test
  void ends_that_nobody_saw_are_dated_and_thrown_away_ones_are_gone() {
    daemon.docker("run", "-d", "--name", "late", busybox, "sleep", "2").ok();
    daemon.docker("run", "-d", "--rm", "--name", "brief", busybox, "sleep", "2").ok();
    daemon.docker("run", "-d", "--rm", "--name", "stays", busybox, "sleep", "1000").ok();
    String pid = inspect("late", "{{.State.Pid}}");
    daemon.kill();
    Shell.await("it ends", () -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
    Instant end = Instant.now();
    Shell.await("some time passes", () -> Instant.now().isAfter(end.plusSeconds(2)));
    daemon.start();
    await("late", "{{.State.Status}} {{.State.ExitCode}}", "exited 0");
    var finished = Instant.parse(inspect("late", "{{.State.FinishedAt}}"));
    assertTrue(Duration.between(finished, end).abs().toMillis() < 1500, finished + " " + end);
    assertEquals(
        "stays",
        daemon
            .docker(
                "ps",
                "-a",
                "--filter",
                "name=brief",
                "--filter",
                "name=stays",
                "--format",
                "{{.Names}}")
            .ok());
    daemon.docker("kill", "stays").ok();
    Shell.await("gone", () -> daemon.docker("inspect", "stays").code() == 1);
    daemon.docker("rm", "late").ok();
  }

  @Test
  void health_is_probed_told_and_kept() {
    checked("well", "--health-cmd=test -e /ok", "--health-retries=2");
    assertTrue(status("well").endsWith("(health: starting)"), status("well"));
    await("well", "{{.State.Health.Status}}", "unhealthy");
    assertTrue(status("well").endsWith("(unhealthy)"), status("well"));
    daemon.docker("exec", "well", "touch", "/ok").ok();
    await("well", "{{.State.Health.Status}} {{.State.Health.FailingStreak}}", "healthy 0");
    await("well", "{{len .State.Health.Log}}", "5");
    daemon.docker("pause", "well").ok();
    daemon.docker("unpause", "well").ok();
    daemon.docker("exec", "well", "rm", "/ok").ok();
    await("well", "{{.State.Health.Status}}", "unhealthy");
    daemon.docker("exec", "well", "touch", "/ok").ok();
    daemon.kill();
    daemon.start();
    await("well", "{{.State.Health.Status}}", "healthy");
    daemon.docker("stop", "-t", "0", "well").ok();
    assertEquals("unhealthy", inspect("well", "{{.State.Health.Status}}"));
    daemon.docker("rm", "well").ok();
  }

  @Test
  void a_probe_is_cut_in_time_and_in_length() {
    checked("loud", "--health-cmd=yes | head -c 9000; exit 1", "--health-retries=1");
    await("loud", "{{.State.Health.Status}}", "unhealthy");
    assertEquals("4099", inspect("loud", "{{len (index .State.Health.Log 0).Output}}"));
    checked("slow", "--health-cmd=sleep 77", "--health-retries=1", "--health-timeout=300ms");
    await("slow", "{{.State.Health.Status}}", "unhealthy");
    assertEquals(
        "-1 Health check exceeded timeout (300ms)",
        inspect(
            "slow",
            "{{(index .State.Health.Log 0).ExitCode}} {{(index .State.Health.Log 0).Output}}"));
    daemon.docker("rm", "-f", "loud", "slow").ok();
  }

  private void checked(String name, String... options) {
    var command = new java.util.ArrayList<>(java.util.List.of("run", "-d", "--name", name));
    command.add("--health-interval=300ms");
    command.addAll(java.util.List.of(options));
    command.addAll(java.util.List.of("--stop-signal=KILL", busybox, "sleep", "1000"));
    daemon.docker(command.toArray(String[]::new)).ok();
  }

  @Test
  void an_unhealthy_one_with_our_label_runs_again() {
    checked(
        "sick",
        "--label=argosy.restart-unhealthy=true",
        "--health-cmd=test ! -e /dev/shm/sick",
        "--health-retries=1");
    await("sick", "{{.State.Health.Status}}", "healthy");
    String pid = inspect("sick", "{{.State.Pid}}");
    daemon.docker("exec", "sick", "touch", "/dev/shm/sick").ok();
    await(
        "sick", "{{.RestartCount}} {{.State.Running}} {{.State.Health.Status}}", "1 true healthy");
    assertTrue(!pid.equals(inspect("sick", "{{.State.Pid}}")));
    daemon.docker("stop", "sick").ok();
    assertEquals("exited", inspect("sick", "{{.State.Status}}"));
    daemon.docker("rm", "sick").ok();
  }
}
