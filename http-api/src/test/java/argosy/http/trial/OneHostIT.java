package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user of one host does with the stock docker CLI. */
class OneHostIT extends OneHost {
  OneHostIT() {
    super(11);
  }

  @AfterEach
  void no_container_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
  }

  @Test
  void the_daemon_tells_what_it_is_over_the_socket_and_over_tcp() {
    assertTrue(daemon.docker("version").ok().contains("Server"));
    assertEquals("n1", daemon.docker("info", "--format", "{{.Name}}").ok());
    assertEquals("n1", daemon.dockerFromHub(daemon.tcp(), "info", "--format", "{{.Name}}").ok());
  }

  @Test
  void run_gives_output_and_exit_code_and_leaves_nothing() {
    var result =
        daemon.docker("run", "--rm", busybox, "sh", "-c", "echo out; echo err >&2; exit 3");
    assertEquals(new Shell.Result(3, "out", "err"), result);
    assertEquals("", daemon.docker("ps", "-aq").ok());
  }

  @Test
  void run_reads_what_the_client_pipes_in_and_sees_its_end() {
    var result =
        daemon.dockerAt(daemon.socket(), "one\ntwo\n", "run", "-i", "--rm", busybox, "wc", "-l");
    assertEquals("2", result.ok().strip());
  }

  @Test
  void a_terminal_is_one() {
    var tty =
        Shell.run(
            List.of(
                "script",
                "-qec",
                String.join(
                    " ", Daemon.command(daemon.socket(), "run", "--rm", "-it", busybox, "tty")),
                "/dev/null"));
    assertTrue(tty.ok().contains("/dev/pts/0"), tty.out());
  }

  @Test
  void a_published_port_answers_from_other_hosts_and_a_taken_one_is_refused() {
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "web",
            "-p",
            "8080:80",
            busybox,
            "sh",
            "-c",
            "mkdir /www && echo hello >/www/index.html && httpd -f -p 80 -h /www")
        .ok();
    var curl = List.of("curl", "-fsS", "http://" + hosts.address(1) + ":8080/");
    Shell.await("the page comes", () -> Shell.run(hosts.inside(0, curl)).code() == 0);
    assertEquals("hello", Shell.run(hosts.inside(0, curl)).ok());
    assertEquals(
        "hello",
        Shell.run(hosts.inside(1, List.of("curl", "-fsS", "http://127.0.0.1:8080/"))).ok());
    assertEquals(
        "0.0.0.0:8080", daemon.docker("port", "web", "80/tcp").ok().lines().findFirst().get());
    var second =
        daemon.docker("run", "-d", "--name", "web2", "-p", "8080:80", busybox, "sleep", "9");
    assertEquals(125, second.code());
    assertTrue(second.err().contains("port is already allocated"), second.err());
  }

  @Test
  void a_running_container_can_be_looked_at_entered_and_stopped() {
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "box",
            "--label",
            "a=b",
            "-e",
            "X=y",
            busybox,
            "sh",
            "-c",
            "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.1; done")
        .ok();
    Shell.await("it is ready", () -> daemon.docker("logs", "box").ok().equals("ready"));
    assertEquals(
        "box", daemon.docker("ps", "--filter", "label=a=b", "--format", "{{.Names}}").ok());
    assertEquals("y", daemon.docker("exec", "box", "sh", "-c", "echo $X").ok());
    assertEquals(4, daemon.docker("exec", "box", "sh", "-c", "exit 4").code());
    assertEquals("in", daemon.dockerAt(daemon.socket(), "in", "exec", "-i", "box", "cat").ok());
    assertTrue(daemon.docker("top", "box").ok().contains("sleep"));
    var stats =
        daemon.docker("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}} {{.PIDs}}");
    assertTrue(stats.ok().matches("box [0-9.]+[KM]iB / .* [1-9][0-9]*"), stats.out());
    assertEquals("box", daemon.docker("stop", "-t", "5", "box").ok());
    assertEquals("exited 7", state("box"));
    assertEquals("ready\nbye", daemon.docker("logs", "box").ok());
    assertEquals("box", daemon.docker("start", "box").ok());
    Shell.await("it runs again", () -> state("box").equals("running 0"));
    assertEquals("box", daemon.docker("kill", "box").ok());
    assertEquals("137", daemon.docker("wait", "box").ok());
    assertEquals("box", daemon.docker("rm", "box").ok());
  }

  @Test
  void logs_follow_until_the_end_and_know_tail_and_time() {
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "talker",
            busybox,
            "sh",
            "-c",
            "for i in 1 2 3 4 5; do echo line $i; sleep 0.2; done")
        .ok();
    assertEquals(
        "line 1\nline 2\nline 3\nline 4\nline 5", daemon.docker("logs", "-f", "talker").ok());
    assertEquals("line 4\nline 5", daemon.docker("logs", "--tail", "2", "talker").ok());
    assertTrue(daemon.docker("logs", "-t", "--tail", "1", "talker").ok().matches("20.*Z line 5"));
  }

  @Test
  void attach_sees_what_is_written_from_then_on() {
    daemon.docker("run", "-di", "--name", "echo", busybox, "sh", "-c", "read x; echo got $x").ok();
    assertEquals("got hi", daemon.dockerAt(daemon.socket(), "hi\n", "attach", "echo").ok());
    daemon.docker("create", "-i", "--name", "cat", busybox, "cat").ok();
    assertEquals("hi", daemon.dockerAt(daemon.socket(), "hi\n", "start", "-ai", "cat").ok());
  }

  @Test
  void events_of_a_run_come_in_dockers_order() {
    String since = Long.toString(System.currentTimeMillis() / 1000);
    daemon.docker("run", "--rm", "--name", "eventful", busybox, "true").ok();
    Shell.await(
        "it is destroyed",
        () ->
            daemon
                .docker(
                    "events", "--since", since, "--until", "0s", "--filter", "container=eventful")
                .ok()
                .contains("destroy"));
    var events =
        daemon
            .docker(
                "events",
                "--since",
                since,
                "--until",
                "0s",
                "--filter",
                "container=eventful",
                "--format",
                "{{.Action}}")
            .ok();
    assertEquals(List.of("create", "attach", "start", "die", "destroy"), events.lines().toList());
  }

  @Test
  void import_load_tag_and_rmi() {
    daemon.docker("create", "--name", "source", busybox, "true").ok();
    assertTrue(daemon.docker("images", "-q", busybox).ok().length() >= 12);
    daemon.docker("tag", busybox, "mine:one").ok();
    assertTrue(
        daemon.docker("images", "--format", "{{.Repository}}:{{.Tag}}").ok().contains("mine:one"));
    assertTrue(daemon.docker("rmi", "mine:one").ok().contains("Untagged: mine:one"));
    var inUse = daemon.docker("rmi", busybox);
    assertEquals(1, inUse.code());
    assertTrue(
        inUse.err().contains("conflict: unable to remove repository reference"), inUse.err());
  }

  @Test
  void restart_policy_brings_a_container_back() {
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "again",
            "--restart",
            "on-failure:2",
            busybox,
            "sh",
            "-c",
            "echo try; exit 1")
        .ok();
    Shell.await(
        "it gave up", () -> state("again").equals("exited 1") && restarts("again").equals("2"));
    assertEquals("try\ntry\ntry", daemon.docker("logs", "again").ok());
  }

  @Test
  void limits_and_isolation_are_dockers() {
    var limited =
        daemon.docker(
            "run",
            "--rm",
            "-m",
            "64m",
            "--cpus",
            "0.5",
            "--pids-limit",
            "77",
            busybox,
            "sh",
            "-c",
            "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null; grep -c . /proc/self/status; grep Seccomp: /proc/self/status; grep CapEff /proc/self/status");
    assertTrue(limited.ok().startsWith("67108864"), limited.out());
    assertTrue(limited.out().contains("Seccomp:\t2"), limited.out());
    assertTrue(limited.out().contains("CapEff:\t00000000a80425fb"), limited.out());
    assertFalse(
        daemon
                .docker("run", "--rm", busybox, "sh", "-c", "echo x >/proc/sys/kernel/hostname")
                .code()
            == 0);
    assertEquals(
        "uid=65534(nobody)",
        daemon.docker("run", "--rm", "-u", "nobody", busybox, "id").ok().split(" ")[0]);
  }

  @Test
  void volumes_and_binds_keep_what_is_written() {
    daemon
        .docker("run", "--rm", "-v", "data:/data", busybox, "sh", "-c", "echo kept >/data/f")
        .ok();
    assertEquals(
        "kept",
        daemon.docker("run", "--rm", "-v", "data:/data:ro", busybox, "cat", "/data/f").ok());
    assertFalse(
        daemon.docker("run", "--rm", "-v", "data:/data:ro", busybox, "touch", "/data/g").code()
            == 0);
    daemon.docker("volume", "rm", "data").ok();
    assertTrue(
        daemon
            .docker("network", "ls", "--format", "{{.Name}}")
            .ok()
            .lines()
            .toList()
            .containsAll(List.of("bridge", "host", "none")));
  }

  private String state(String name) {
    return daemon.docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", name).ok();
  }

  private String restarts(String name) {
    return daemon.docker("inspect", "-f", "{{.RestartCount}}", name).ok();
  }
}
