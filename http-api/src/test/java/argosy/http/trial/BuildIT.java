package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Images built with the stock docker CLI and its classic builder. */
class BuildIT extends BuildTrial {
  BuildIT() {
    super(32);
  }

  @Test
  void a_file_of_two_stages_becomes_an_image_that_runs() throws IOException {
    String file =
        """
        ARG WHICH=latest
        FROM BUSYBOX:$WHICH AS maker
        ARG A=1
        ENV B=$A
        WORKDIR /work/deep
        COPY f d ./
        ADD a.tar /unpacked/
        COPY --chown=12:34 --chmod=640 f /owned
        RUN echo "$A $B $(pwd)" >/said; echo loud >&2
        FROM BUSYBOX
        COPY --from=maker /said /work /taken/
        LABEL kind=test
        CMD ["cat", "/taken/said"]
        """;
    String out = build(file, "-t", "two:1", "--build-arg", "A=5", "--label", "more=x").ok();
    assertTrue(out.contains("Step 1/14 : ARG WHICH=latest"), out);
    assertTrue(out.contains("loud"), out);
    assertTrue(out.contains("Successfully tagged two:1"), out);
    assertEquals("5 5 /work/deep", daemon.docker("run", "--rm", "two:1").ok());
    assertEquals("one", inside("two:1", "cat /taken/deep/deep/up"));
    assertEquals(
        "map[kind:test more:x]",
        daemon.docker("inspect", "-f", "{{.Config.Labels}}", "two:1").ok());

    build(file, "-t", "maker", "--target", "maker", "--build-arg", "A=5").ok();
    assertEquals("640 12 34", inside("maker", "stat -c '%a %u %g' /owned"));
    assertEquals("one", inside("maker", "cat /unpacked/one"));
    assertEquals("/work/deep", inside("maker", "pwd"));
    assertEquals("", daemon.docker("ps", "-aq").ok());
    var history = daemon.docker("history", "-q", "two:1").ok().lines().toList();
    assertFalse(history.subList(0, 4).contains("<missing>"), history.toString());
  }

  @Test
  void what_has_not_changed_is_not_done_again() throws IOException {
    String file = "FROM BUSYBOX\nRUN cat /proc/sys/kernel/random/uuid >/id\nCOPY f /f\nRUN true\n";
    String first = build(file, "-q").ok();
    assertEquals(first, build(file, "-q").ok());
    Files.setLastModifiedTime(files.resolve("f"), FileTime.fromMillis(0));
    assertEquals(first, build(file, "-q").ok(), "a time is no change");
    Files.writeString(files.resolve("f"), "other");
    String second = build(file, "-q").ok();
    assertNotEquals(first, second);
    assertEquals(inside(first, "cat /id"), inside(second, "cat /id"));
    String third = build(file, "-q", "--no-cache").ok();
    assertNotEquals(inside(first, "cat /id"), inside(third, "cat /id"));
  }

  @Test
  void a_context_is_taken_as_it_is() throws IOException {
    Files.createSymbolicLink(files.resolve("d/out"), Path.of("../../etc/passwd"));
    Files.writeString(files.resolve(".dockerignore"), "*\n!d\n!f\n");
    build("FROM BUSYBOX\nCOPY . /c\nRUN true\nRUN true\n", "-t", "context").ok();
    assertEquals("d\nf", inside("context", "cd /c; ls -A"));
    assertEquals("../../etc/passwd", inside("context", "readlink /c/d/out"));
    assertEquals(
        "2",
        daemon.docker("inspect", "-f", "{{len .RootFS.Layers}}", "context").ok(),
        "a command that changes nothing leaves no layer");
  }

  @Test
  void triggers_and_heredocs_are_run() throws IOException {
    build("FROM BUSYBOX\nONBUILD RUN echo triggered >/t\n", "-t", "base").ok();
    build(
            "FROM base\nCOPY <<EOF /h\nhello $HOME\nEOF\nRUN <<EOF\necho a >/r\necho b >>/r\nEOF\n",
            "-t",
            "onbase")
        .ok();
    assertEquals("triggered\nhello\na\nb", inside("onbase", "cat /t /h /r").replace(" \n", "\n"));
  }

  @Test
  void what_goes_wrong_is_said_in_dockers_words() throws IOException {
    assertError("FROM BUSYBOX\nRUN false\n", "returned a non-zero code: 1");
    assertError("FROM BUSYBOX\nCOPY nope /\n", "file not found in build context");
    assertError("FROM BUSYBOX\nCOPY ../f /\n", "forbidden path outside the build context: ../f");
    assertError("FROM BUSYBOX\nFOO\n", "dockerfile parse error on line 2: unknown instruction");
    assertError("FROM scratch\n", "No image was generated");
    assertError("FROM BUSYBOX\nCOPY f Dockerfile /x\n", "must be a directory and end with a /");
    daemon.docker("container", "prune", "-f").ok();
  }

  @Test
  void a_client_that_leaves_ends_the_build() throws Exception {
    Files.writeString(
        files.resolve("Dockerfile"), "FROM " + busybox + "\nRUN echo begun; sleep 1000\n");
    var command = new ArrayList<>(List.of("env", "DOCKER_BUILDKIT=0"));
    command.addAll(Daemon.command(daemon.socket(), "build", files.toString()));
    var client = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = client.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.equals("begun")) {
        line = out.readLine();
      }
      assertFalse(daemon.docker("ps", "-q").ok().isEmpty());
      client.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    Shell.await("the step's container is gone", () -> daemon.docker("ps", "-aq").ok().isEmpty());
  }

  @Test
  void a_built_image_is_pushed_and_comes_back() throws IOException {
    String name = registry.address() + "/built";
    build("FROM BUSYBOX\nCOPY f /f\n", "-t", name).ok();
    String id = daemon.docker("inspect", "-f", "{{.Id}}", name).ok();
    String pushed = daemon.docker("push", name).ok();
    assertTrue(pushed.contains("digest: sha256:"), pushed);
    daemon.docker("rmi", name).ok();
    daemon.docker("pull", name).ok();
    assertEquals(id, daemon.docker("inspect", "-f", "{{.Id}}", name).ok());
    assertEquals("file", inside(name, "cat /f"));
  }
}
