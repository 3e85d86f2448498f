package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A daemon that goes and comes back, politely or not, knows everything it knew. */
class RestartIT extends OneHost {
  RestartIT() {
    super(14);
  }

  @Test
  void sigterm_stops_the_daemon_and_not_the_containers() {
    daemon
        .docker(
            "run", "-d", "--name", "steady", "-p", "8081:80", busybox, "httpd", "-f", "-p", "80")
        .ok();
    String pid = pid("steady");
    assertEquals(0, daemon.terminate());
    assertTrue(ProcessHandle.of(Long.parseLong(pid)).isPresent());
    daemon.start();
    assertEquals(pid, pid("steady"));
    // the published port is still its own, and still taken
    var second = daemon.docker("run", "--rm", "-p", "8081:80", busybox, "true");
    assertTrue(second.err().contains("port is already allocated"), second.err());
    assertEquals("steady", daemon.docker("stop", "-t", "0", "steady").ok());
    assertEquals("steady", daemon.docker("start", "steady").ok());
    daemon.docker("rm", "-f", "steady").ok();
  }

  @Test
  void what_ended_while_nobody_watched_is_known() {
    daemon
        .docker("run", "-d", "--name", "short", busybox, "sh", "-c", "sleep 2; echo late; exit 9")
        .ok();
    daemon
        .docker("run", "-d", "--name", "eternal", "--restart", "always", busybox, "sleep", "1000")
        .ok();
    daemon.docker("create", "--name", "waiting", busybox, "true").ok();
    String pid = pid("short");
    daemon.kill();
    Shell.await("it ends by itself", () -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
    daemon.start();
    assertEquals(
        "exited 9",
        daemon.docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "short").ok());
    assertEquals("late", daemon.docker("logs", "short").ok());
    assertEquals("running", daemon.docker("inspect", "-f", "{{.State.Status}}", "eternal").ok());
    assertEquals("", daemon.docker("start", "-a", "waiting").ok());
    assertEquals("in", daemon.docker("exec", "eternal", "echo", "in").ok());
    daemon.docker("rm", "-f", "short", "eternal", "waiting").ok();
  }

  private String pid(String name) {
    return daemon.docker("inspect", "-f", "{{.State.Pid}}", name).ok();
  }
}
