package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code docker events} tells, in the order and with the attributes of the real one. */
class EventsIT extends OneHost {
  EventsIT() {
    super(25);
  }

  private static String now() {
    var now = Instant.now();
    return "%d.%09d".formatted(now.getEpochSecond(), now.getNano());
  }

  private List<String> since(String since, String format, String... filters) {
    var command =
        new ArrayList<>(List.of("events", "--since", since, "--until", now(), "--format", format));
    for (String filter : filters) {
      command.add("--filter");
      command.add(filter);
    }
    return daemon.docker(command.toArray(String[]::new)).ok().lines().toList();
  }

  private List<String> since(String since) {
    return since(since, "{{.Type}} {{.Action}}");
  }

  @Test
  void a_first_run_is_told_from_its_pull_to_its_end() {
    daemon.docker("rmi", busybox).ok();
    String start = now();
    daemon.docker("run", "--rm", "--name", "first", "-l", "tier=web", busybox, "true").ok();
    assertEquals(
        List.of(
            "image pull",
            "container create",
            "container attach",
            "network connect",
            "container start",
            "container die",
            "network disconnect",
            "container destroy"),
        since(start));
    assertEquals(
        List.of("first " + busybox + " web 0"),
        since(
            start,
            "{{.Actor.Attributes.name}} {{.Actor.Attributes.image}} {{.Actor.Attributes.tier}}"
                + " {{.Actor.Attributes.exitCode}}",
            "event=die"));
  }

  @Test
  void a_life_is_told_step_by_step() {
    String start = now();
    daemon.docker("run", "-d", "--name", "steps", busybox, "sleep", "1000").ok();
    daemon.docker("exec", "steps", "true").ok();
    daemon.docker("pause", "steps").ok();
    daemon.docker("unpause", "steps").ok();
    daemon.docker("rename", "steps", "paces").ok();
    daemon.docker("update", "--memory", "64m", "--memory-swap", "64m", "paces").ok();
    daemon.docker("restart", "-t", "0", "paces").ok();
    daemon.docker("kill", "paces").ok();
    daemon.docker("rm", "paces").ok();
    assertEquals(
        List.of(
            "create",
            "start",
            "exec_create: true ",
            "exec_start: true ",
            "exec_die",
            "pause",
            "unpause",
            "rename",
            "update",
            "kill",
            "kill",
            "die",
            "stop",
            "start",
            "restart",
            "kill",
            "die",
            "destroy"),
        since(start, "{{.Action}}", "type=container"));
    assertEquals(List.of("/steps"), since(start, "{{.Actor.Attributes.oldName}}", "event=rename"));
    assertEquals(
        List.of("exec_create: true ", "exec_start: true "),
        since(start, "{{.Action}}", "event=exec_create", "event=exec_start"));
  }

  @Test
  void volumes_and_networks_are_told_and_filtered() {
    String start = now();
    daemon.docker("volume", "create", "chest").ok();
    daemon.docker("network", "create", "lagoon").ok();
    daemon
        .docker(
            "run",
            "--rm",
            "--name",
            "diver",
            "--network",
            "lagoon",
            "-v",
            "chest:/d:ro",
            busybox,
            "true")
        .ok();
    daemon.docker("volume", "rm", "chest").ok();
    daemon.docker("network", "prune", "-f").ok();
    daemon.docker("container", "prune", "-f").ok();
    assertEquals(
        List.of("create chest", "mount chest", "unmount chest", "destroy chest"),
        since(start, "{{.Action}} {{.Actor.ID}}", "volume=chest"));
    assertEquals(
        List.of("/d false"),
        since(
            start,
            "{{.Actor.Attributes.destination}} {{index .Actor.Attributes \"read/write\"}}",
            "event=mount"));
    assertEquals(
        List.of("create", "connect", "disconnect", "destroy"),
        since(start, "{{.Action}}", "network=lagoon"));
    assertEquals(
        List.of("network", "container"),
        since(start, "{{.Type}}", "event=prune", "type=network", "type=container"));
    assertEquals(List.of(), since(start, "{{.Type}}", "type=daemon"));
    assertTrue(since(start, "{{.Type}}", "scope=local").size() > 10);
    assertEquals(List.of(), since(now()));
  }

  @Test
  void what_was_told_outlives_the_daemon() {
    String start = now();
    daemon.docker("run", "--rm", "--name", "before", busybox, "true").ok();
    var told = since(start, "{{.TimeNano}} {{.Action}}", "container=before");
    assertEquals(5, told.size());
    daemon.kill();
    daemon.start();
    assertEquals(told, since(start, "{{.TimeNano}} {{.Action}}", "container=before"));
    assertEquals(1, daemon.docker("events", "--filter", "nonsense=1", "--until", now()).code());
  }

  @Test
  void health_and_memory_are_told() {
    String start = now();
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "checked",
            "--health-cmd",
            "true",
            "--health-interval",
            "300ms",
            busybox,
            "sleep",
            "1000")
        .ok();
    Shell.await(
        "healthy",
        () ->
            since(start, "{{.Action}}", "event=health_status")
                .equals(List.of("health_status: healthy")));
    assertTrue(since(start, "{{.Action}}").contains("exec_create: /bin/sh -c true"));
    daemon.docker("rm", "-f", "checked").ok();
    var hungry =
        daemon.docker(
            "run",
            "--rm",
            "-m",
            "8m",
            "--memory-swap",
            "8m",
            busybox,
            "sh",
            "-c",
            "x=a; while true; do x=$x$x; done");
    assertEquals(137, hungry.code());
    assertEquals(
        List.of("oom", "die"),
        since(start, "{{.Action}}", "event=oom", "event=die").reversed().subList(0, 2).reversed());
  }
}
