package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets Docker's status and text, and leaves nothing behind. */
class BadInputIT extends OneHost {
  BadInputIT() {
    super(12);
  }

  @BeforeAll
  void a_name_is_taken() {
    daemon.docker("create", "--name", "taken", busybox, "true").ok();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /v1.44/containers/nope/json            | 404 | No such container: nope
          POST   | /v1.44/containers/nope/start           | 404 | No such container: nope
          DELETE | /v1.44/containers/nope                 | 404 | No such container: nope
          GET    | /v1.44/images/nope/json                | 404 | No such image: nope:latest
          GET    | /v1.44/nothing/here                    | 404 | page not found
          PUT    | /v1.44/containers/json                 | 404 | page not found
          GET    | /v1.99/containers/json                 | 400 | client version 1.99 is too new. Maximum supported API version is
          GET    | /v1.12/containers/json                 | 400 | client version 1.12 is too old. Minimum supported API version is 1.24
          GET    | /v1.44/containers/taken/logs           | 400 | you must choose at least one stream
          POST   | /v1.44/containers/taken/kill           | 409 | is not running
          POST   | /v1.44/containers/taken/stop           | 304 |
          DELETE | /v1.44/networks/bridge                 | 403 | bridge is a pre-defined network and cannot be removed
          GET    | /v1.44/volumes/nope                    | 404 | nope: no such volume
          GET    | /v1.44/networks/nope                   | 404 | network nope not found
          GET    | /v1.44/exec/nope/json                  | 404 | No such exec instance: nope
          POST   | /v1.44/build                           | 400 | Cannot locate specified Dockerfile: Dockerfile
          GET    | /v1.44/system/df?type=image&type=foo   | 400 | unknown object type: foo
          POST   | /v1.44/build?version=2                 | 501 | DOCKER_BUILDKIT=0
          GET    | /v1.44/services                        | 503 | This node is not a swarm manager
          GET    | /node/nowhere/v1.44/containers/json    | 404 | nowhere
          """)
  void a_request_is_refused_as_docker_refuses_it(
      String method, String path, int status, String text) {
    var answer = request(method, path, "application/json", "");
    assertTrue(answer.endsWith("\n" + status), answer);
    assertTrue(text == null || answer.contains(text), answer);
  }

  @Test
  void bad_json_and_a_wrong_content_type_are_refused() {
    String create = "/v1.44/containers/create";
    assertTrue(request("POST", create, "application/json", "{x").endsWith("\n400"));
    assertTrue(request("POST", create, "text/plain", "{}").contains("must be 'application/json'"));
    assertTrue(
        request("POST", create, "application/json", "{\"Image\":\"nope\",\"Cmd\":[\"a\"]}")
            .contains("No such image: nope:latest"));
  }

  @Test
  void a_name_clash_names_the_owner() {
    var clash = daemon.docker("create", "--name", "taken", busybox, "true");
    assertEquals(1, clash.code());
    assertTrue(
        clash
            .err()
            .contains("Conflict. The container name \"/taken\" is already in use by container"),
        clash.err());
  }

  @Test
  void
      a_missing_binary_is_127_and_a_directory_126_and_both_leave_a_container_that_can_be_removed() {
    var missing = daemon.docker("run", "--name", "missing", busybox, "/nope");
    assertEquals(127, missing.code(), missing.err());
    assertTrue(
        missing.err().contains("exec: \"/nope\": stat /nope: no such file or directory"),
        missing.err());
    assertEquals(126, daemon.docker("run", "--name", "folder", busybox, "/tmp").code());
    daemon.docker("rm", "missing", "folder").ok();
    assertEquals(List.of(), daemon.mountsLeft());
  }

  @Test
  void an_unreachable_registry_says_so() {
    var pull = daemon.docker("pull", "127.0.0.1:1/nothing");
    assertEquals(1, pull.code());
    assertTrue(pull.err().contains("connection refused"), pull.err());
    var tag = daemon.docker("pull", busybox + ":nope");
    assertTrue(
        tag.err().contains("manifest unknown") || tag.err().contains("not found"), tag.err());
  }

  @Test
  void a_second_daemon_on_the_same_root_is_refused_in_one_sentence() {
    var command = new ArrayList<>(daemon.startCommand());
    command.replaceAll(it -> it.endsWith("argosy.sock") ? it.replace("argosy.sock", "b.sock") : it);
    var second = Shell.run(command);
    assertEquals(1, second.code(), second.out() + second.err());
    assertEquals(
        1, (second.out() + second.err()).strip().lines().count(), second.out() + second.err());
  }

  private String request(String method, String path, String type, String body) {
    return Shell.run(
            List.of(
                "curl",
                "-s",
                "-X",
                method,
                "-w",
                "\n%{http_code}",
                "-H",
                "Content-Type: " + type,
                "--data-binary",
                body,
                "--unix-socket",
                daemon.socket().substring("unix://".length()),
                "http://d" + path))
        .ok();
  }
}
