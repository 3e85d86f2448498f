package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Further processes in a container, as users and other clients start them. */
class ExecIT extends OneHost {
  private String id = "";

  ExecIT() {
    super(33);
  }

  @BeforeEach
  void box() {
    id =
        daemon
            .docker(
                "run",
                "-d",
                "--name",
                "box",
                busybox,
                "sh",
                "-c",
                "echo bob:x:1234:1235::/tmp:/bin/sh >>/etc/passwd; echo extra:x:77:bob >>/etc/group;"
                    + " sleep 10000")
            .ok();
    Shell.await("bob is there", () -> exec("grep", "bob", "/etc/passwd").code() == 0);
  }

  @AfterEach
  void gone() {
    daemon.docker("rm", "-f", "box").ok();
  }

  private Shell.Result exec(String... command) {
    return daemon.docker(
        Stream.concat(List.of("exec", "box").stream(), List.of(command).stream())
            .toArray(String[]::new));
  }

  private String create(String body) {
    return Api.of(daemon).post("/containers/box/exec", body).ok().json().path("Id").asText();
  }

  @Test
  void user_environment_and_directory_are_what_was_asked() {
    assertEquals(
        "uid=1234(bob) gid=1235 groups=77(extra),1235 /tmp",
        daemon.docker("exec", "-u", "bob", "box", "sh", "-c", "echo $(id) $HOME").ok());
    assertEquals("77", daemon.docker("exec", "-u", "1234:77", "box", "id", "-g").ok());
    assertEquals(
        "/etc b",
        daemon.docker("exec", "-w", "/etc", "-e", "A=b", "box", "sh", "-c", "echo $PWD $A").ok());
    var nobody = daemon.docker("exec", "-u", "nobodyx", "box", "true");
    assertEquals(126, nobody.code());
    assertEquals(
        "unable to find user nobodyx: no matching entries in passwd file",
        (nobody.out() + nobody.err()).strip());
  }

  @Test
  void exit_codes_and_what_can_not_be_run() {
    assertEquals(5, exec("sh", "-c", "exit 5").code());
    assertEquals(137, exec("sh", "-c", "kill -9 $$").code());
    var missing = exec("nope");
    assertEquals(126, missing.code());
    assertTrue(
        (missing.out() + missing.err())
            .startsWith("OCI runtime exec failed: exec failed: unable to start container process:"),
        missing.toString());
    String detached = create("{\"Cmd\":[\"nope\"]}");
    assertEquals(
        400, Api.of(daemon).post("/exec/" + detached + "/start", "{\"Detach\":true}").status());
    var seen = Api.of(daemon).get("/exec/" + detached + "/json").ok().json();
    assertEquals(126, seen.path("ExitCode").asInt());
  }

  @Test
  void inspect_shows_the_course_of_one_and_it_runs_once() {
    var api = Api.of(daemon);
    String exec =
        create(
            "{\"Cmd\":[\"sh\",\"-c\",\"read x; exit 3\"],\"AttachStdin\":true,\"AttachStdout\":true,"
                + "\"DetachKeys\":\"ctrl-a\",\"User\":\"bob\"}");
    var before = api.get("/exec/" + exec + "/json").ok().json();
    assertTrue(before.path("ExitCode").isNull() && !before.path("Running").asBoolean());
    assertEquals("AQ==", before.path("DetachKeys").asText());
    assertEquals("bob", before.path("ProcessConfig").path("user").asText());
    assertEquals(409, api.post("/exec/" + exec + "/resize?h=1&w=1", "").status());
    try (var client = RawStream.hijack(daemon, "/exec/" + exec + "/start", "{}")) {
      var during = api.get("/exec/" + exec + "/json").ok().json();
      assertTrue(during.path("Running").asBoolean());
      Shell.await(
          "it has a process",
          () -> api.get("/exec/" + exec + "/json").ok().json().path("Pid").asInt() > 0);
      var twice = api.post("/exec/" + exec + "/start", "{}");
      assertEquals(409, twice.status());
      assertEquals("Error: Exec command " + exec + " is already running", message(twice));
      client.send("\n").untilEnd();
    }
    var after = api.get("/exec/" + exec + "/json").ok().json();
    assertEquals(3, after.path("ExitCode").asInt());
    assertEquals(0, after.path("Pid").asInt());
    assertEquals(
        "Error: Exec command " + exec + " has already run",
        message(api.post("/exec/" + exec + "/start", "{}")));
    assertEquals(404, api.post("/exec/" + exec + "/resize?h=1&w=1", "").status());
    assertEquals("No such exec instance: nope", message(api.get("/exec/nope/json")));
  }

  private static String message(Api.Answer answer) {
    return answer.json().path("message").asText();
  }

  @Test
  void a_terminal_has_the_size_it_was_started_with_and_its_detach_keys() {
    String exec =
        create(
            "{\"Cmd\":[\"sh\",\"-c\",\"read x; stty size; read y\"],\"Tty\":true,\"AttachStdin\":true,"
                + "\"AttachStdout\":true,\"DetachKeys\":\"a,b\"}");
    try (var client =
        RawStream.hijack(
            daemon, "/exec/" + exec + "/start", "{\"Tty\":true,\"ConsoleSize\":[21,43]}")) {
      client.send("\n").until("21 43");
      client.send("ab").untilEnd();
    }
    var left = Api.of(daemon).get("/exec/" + exec + "/json").ok().json();
    assertTrue(left.path("Running").asBoolean());
    assertEquals(200, Api.of(daemon).post("/exec/" + exec + "/resize?h=9&w=9", "").status());
    var events =
        daemon
            .docker(
                "events",
                "--since",
                "1h",
                "--until=-1s",
                "--format",
                "{{.Action}}",
                "-f",
                "container=box")
            .ok();
    assertTrue(events.contains("exec_create: sh -c read x; stty size; read y"), events);
    assertTrue(events.contains("exec_start: sh -c read x; stty size; read y"), events);
    assertTrue(events.contains("exec_detach"), events);
  }

  @Test
  void paused_and_stopped_containers_refuse() {
    daemon.docker("pause", "box").ok();
    var paused = exec("true");
    assertEquals(1, paused.code());
    assertEquals(
        "Error response from daemon: Container box is paused, unpause the container before exec",
        paused.err());
    daemon.docker("unpause", "box").ok();
    daemon.docker("kill", "box").ok();
    Shell.await("it ended", () -> exec("true").err().endsWith(id + " is not running"));
  }

  @Test
  void one_that_runs_when_the_daemon_is_killed_is_known_again() {
    daemon
        .docker("exec", "-d", "box", "sh", "-c", "until [ -e /stop ]; do sleep 0.1; done; exit 7")
        .ok();
    String exec = daemon.docker("inspect", "-f", "{{index .ExecIDs 0}}", "box").ok();
    int pid = Api.of(daemon).get("/exec/" + exec + "/json").ok().json().path("Pid").asInt();
    daemon.kill();
    daemon.start();
    var found = Api.of(daemon).get("/exec/" + exec + "/json").ok().json();
    assertTrue(found.path("Running").asBoolean(), found::toString);
    assertEquals(pid, found.path("Pid").asInt());
    assertEquals("sh", found.path("ProcessConfig").path("entrypoint").asText());
    exec("touch", "/stop").ok();
    Shell.await(
        "its code is known",
        () ->
            Api.of(daemon).get("/exec/" + exec + "/json").ok().json().path("ExitCode").asInt()
                == 7);
    assertTrue(
        daemon
            .docker("events", "--since", "1h", "--until=-1s", "-f", "event=exec_die")
            .ok()
            .contains("exitCode=7"));
  }
}
