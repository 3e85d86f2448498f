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
    String file =
        """
        FROM BUSYBOX AS one
        RUN --mount=type=cache,target=/c,sharing=locked echo begun one; sleep 1000
        FROM BUSYBOX AS two
        COPY . /x
        RUN echo begun two; sleep 1000
        FROM BUSYBOX
        COPY --from=one /a /a
        COPY --from=two /a /b
        """;
    // before its first step, in one step, in two at once, and while a cache is waited for
    for (String moment : List.of("Sending build", "Step ", "begun one", "begun two")) {
      Files.writeString(files.resolve("Dockerfile"), file.replace("BUSYBOX", busybox));
      var command = new ArrayList<>(List.of("env", "DOCKER_BUILDKIT=0"));
      command.addAll(Daemon.command(daemon.socket(), "build", "--no-cache", files.toString()));
      var client = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var out = client.inputReader()) {
        String line = out.readLine();
        while (line != null && !line.startsWith(moment)) {
          line = out.readLine();
        }
        client.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
      Shell.await(moment + ": nothing of it is left", this::nothingIsLeft);
    }
  }

  /** Neither containers nor mounts nor unpacked contexts. */
  private boolean nothingIsLeft() {
    Path data = directory.resolve("n1/data");
    String[] contexts = data.resolve("build/contexts").toFile().list();
    String[] roots = data.resolve("containers").toFile().list();
    return daemon.docker("ps", "-aq").ok().isEmpty()
        && (contexts == null || contexts.length == 0)
        && (roots == null || roots.length == 0);
  }

  @Test
  void each_kind_of_input_counts() throws IOException {
    String file = "FROM BUSYBOX\nARG A=1\nARG B=1\nLABEL x=1 y=2\nCOPY d /d\nRUN echo $A >/a\n";
    Path one = files.resolve("d/one");
    String first = build(file, "-q").ok();

    Files.setLastModifiedTime(one, FileTime.fromMillis(0));
    assertEquals(first, build(file, "-q").ok(), "a time");
    Files.setAttribute(one, "unix:uid", 1234);
    assertEquals(first, build(file, "-q").ok(), "an owner that is not kept");
    assertEquals(first, build(file, "-q", "--build-arg", "A=1").ok(), "the same argument");
    assertEquals(first, build(file, "-q", "--build-arg", "HTTP_PROXY=x").ok(), "a proxy");

    assertNotEquals(first, build(file, "-q", "--build-arg", "A=2").ok(), "an argument");
    assertNotEquals(first, build(file.replace("x=1 y=2", "y=2 x=1"), "-q").ok(), "labels' order");
    assertNotEquals(first, build(file.replace("COPY d", "COPY --chown=5 d"), "-q").ok(), "chown");
    Files.setAttribute(one, "unix:mode", 0600);
    String mode = build(file, "-q").ok();
    assertNotEquals(first, mode, "a mode");
    Files.writeString(one, "other");
    assertNotEquals(mode, build(file, "-q").ok(), "content");
    Files.move(one, files.resolve("d/renamed"));
    assertNotEquals(mode, build(file, "-q").ok(), "a name");

    String stages =
        "FROM BUSYBOX AS a\nARG A\nRUN echo $A >/a\nFROM BUSYBOX\nCOPY --from=a /a /a\n";
    String copied = build(stages, "-q", "--build-arg", "A=1").ok();
    assertEquals(copied, build(stages, "-q", "--build-arg", "A=1").ok());
    assertNotEquals(copied, build(stages, "-q", "--build-arg", "A=2").ok(), "another stage");

    build("FROM BUSYBOX\nRUN echo 1 >/v\n", "-t", "moving").ok();
    String onto = build("FROM moving\nRUN true\n", "-q").ok();
    build("FROM BUSYBOX\nRUN echo 2 >/v\n", "-t", "moving").ok();
    assertNotEquals(onto, build("FROM moving\nRUN true\n", "-q").ok(), "another base");
  }

  @Test
  void stages_are_built_beside_each_other() throws IOException {
    // each waits for the other's beginning, which both see in a cache
    String wait =
        "RUN --mount=type=cache,target=/c touch /c/%s; i=0; until [ -e /c/%s ]; do sleep 0.1; i=$((i+1)); [ $i -lt 200 ]; done\n";
    String file =
        "FROM BUSYBOX AS a\n"
            + wait.formatted("a", "b")
            + "FROM BUSYBOX AS b\n"
            + wait.formatted("b", "a")
            + "FROM BUSYBOX\nCOPY --from=a /bin/busybox /a\nCOPY --from=b /bin/busybox /b\n";
    build(file, "-q").ok();
    daemon.docker("builder", "prune", "-f").ok();
  }

  @Test
  void arguments_are_told_no_further_than_docker_does() throws IOException {
    build(
            "FROM BUSYBOX\nARG OWN\nRUN true\n",
            "-t",
            "told",
            "--build-arg",
            "OWN=seen",
            "--build-arg",
            "HTTP_PROXY=http://u:hidden@h")
        .ok();
    String all =
        daemon.docker("history", "--no-trunc", "told").ok() + daemon.docker("inspect", "told").ok();
    assertTrue(all.contains("OWN=seen"), "as docker warns");
    assertFalse(all.contains("hidden"), all);
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
