package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the Dockerfile reference has besides the classic builder's own. */
class BuildLanguageIT extends BuildTrial {
  BuildLanguageIT() {
    super(41);
  }

  @Test
  void a_command_sees_the_contexts_and_other_images_files() throws IOException {
    String file =
        """
        FROM BUSYBOX AS other
        RUN mkdir /o && echo other >/o/x
        FROM BUSYBOX
        WORKDIR /w
        RUN --mount=target=/src --mount=type=bind,from=other,source=/o,target=o,rw \\
            cat /src/f o/x >/all && echo more >o/y && ! touch /src/no 2>/dev/null
        RUN --mount=src=d,dst=/d/deep/er,rw echo changed >/d/deep/er/one && cat /d/deep/er/one >/said
        RUN --mount=type=tmpfs,target=/scratch,size=1m df -k /scratch | tail -1 >/size
        COPY d/one /one
        """;
    build(file, "-t", "mounts").ok();
    assertEquals("fileother\nchanged\none", inside("mounts", "cat /all /said /one"));
    assertTrue(inside("mounts", "cat /size").contains(" 1024 "));
    assertEquals("", inside("mounts", "ls -d /src /d /scratch o 2>/dev/null; ls -A /w"));

    String id = build(file, "-q").ok();
    assertEquals(id, build(file, "-q").ok());
    Files.writeString(files.resolve("f"), "other");
    assertNotEquals(id, build(file, "-q").ok(), "what is mounted has changed");
  }

  @Test
  void a_cache_outlives_its_build() throws IOException {
    String file =
        "FROM BUSYBOX\nARG N\nRUN --mount=type=cache,id=c,target=/c,mode=0700 echo $N >>/c/all; cp /c/all /seen; stat -c %a /c >>/seen\n";
    build(file, "-t", "cache", "--build-arg", "N=1").ok();
    build(file, "-t", "cache", "--build-arg", "N=2").ok();
    assertEquals("1\n2\n700", inside("cache", "cat /seen"));
    assertEquals("", inside("cache", "ls -d /c 2>/dev/null; true"));
    assertEquals(
        "1 0 4B 4B",
        daemon
            .docker(
                "system",
                "df",
                "--format",
                "{{.Type}} {{.TotalCount}} {{.Active}} {{.Size}} {{.Reclaimable}}")
            .ok()
            .lines()
            .filter(line -> line.startsWith("Build Cache "))
            .toList()
            .getFirst()
            .substring("Build Cache ".length()));
    for (String none : List.of("until=1h", "type=regular", "id=none")) {
      String kept = daemon.docker("builder", "prune", "-f", "--filter", none).ok();
      assertTrue(kept.contains("Total reclaimed space: 0B"), none + kept);
    }
    assertTrue(
        daemon.docker("builder", "prune", "-f", "--keep-storage", "4").ok().contains("space: 0B"));
    var wrong = daemon.docker("builder", "prune", "-f", "--filter", "foo=1");
    assertTrue(
        wrong.err().contains("failed to prune build cache: invalid filter 'foo'"), wrong.err());
    assertTrue(daemon.docker("builder", "prune", "-f").ok().contains("Total reclaimed space: 4B"));
    build(file, "-t", "cache", "--build-arg", "N=3").ok();
    assertEquals("3\n700", inside("cache", "cat /seen"));
  }

  @Test
  void scripts_choose_their_interpreter() throws IOException {
    build(
            "FROM BUSYBOX\nRUN <<EOF\n#!/bin/ash\necho $0 >/n\nEOF\nRUN --network=none ls /sys/class/net >/net\n",
            "-t",
            "script")
        .ok();
    assertEquals("/dev/pipes/EOF\nlo", inside("script", "cat /n /net"));
  }

  @Test
  void copies_keep_parents_and_leave_out() throws IOException {
    Files.writeString(files.resolve("d/deep/two.txt"), "2");
    String file =
        """
        FROM BUSYBOX
        COPY --parents d/deep/two.txt f /p/
        COPY --parents ./d/./deep/* /q/
        COPY --exclude=*.txt --exclude=deep/*.txt --link --chmod=0600 d f /r/
        ADD --unpack=false a.tar /s/
        """;
    build(file, "-t", "copies").ok();
    assertEquals(
        "/p/d/deep/two.txt\n/p/f\n/q/deep/two.txt\n/q/deep/up\n/r/deep/up\n/r/f\n/r/one\n/s/a.tar",
        inside("copies", "find /p /q /r /s ! -type d | sort"));
    assertEquals("600", inside("copies", "stat -c %a /r/one"));
  }

  @Test
  void contexts_come_from_elsewhere() throws Exception {
    Path site = Files.createDirectories(files.resolve("site"));
    Path work = Files.createDirectories(files.resolve("work/sub"));
    Files.writeString(work.resolve("Dockerfile"), "FROM " + busybox + "\nCOPY g /g\n");
    Files.writeString(work.resolve("g"), "from git");
    Files.writeString(
        site.resolve("plain"), "FROM " + busybox + "\nADD http://127.0.0.1:8000/plain /p\n");
    var script =
        """
        set -e; cd %s
        tar -C work/sub -czf site/c.tgz .
        git -C work init -q -b main; git -C work add .; git -C work -c user.name=a -c user.email=a@b commit -qm a
        git clone -q --bare work site/r.git; git -C site/r.git update-server-info
        """
            .formatted(files);
    Shell.run(List.of("sh", "-c", script)).ok();
    var server =
        new ProcessBuilder(
                hosts.inside(
                    1,
                    List.of(
                        "busybox", "httpd", "-f", "-p", "127.0.0.1:8000", "-h", site.toString())))
            .start();
    try {
      var api = Api.of(daemon);
      Shell.await(
          "the files are served",
          () -> remote(api, "c.tgz", "tar").contains("Successfully tagged tar:latest"));
      assertEquals("from git", inside("tar", "cat /g"));
      var plain = remote(api, "plain", "plain");
      assertTrue(plain.contains("Successfully built"), plain);
      assertEquals("600 0", inside("plain", "stat -c '%a %u' /p"));
      var git = remote(api, "r.git%23main:sub", "git");
      assertTrue(git.contains("Successfully built"), git);
      assertEquals("from git", inside("git", "cat /g"));
      var nowhere = remote(api, "r.git%23main:nope", "git");
      assertTrue(nowhere.contains("the repository has no directory nope"), nowhere);
      var missing = remote(api, "missing", "missing");
      assertTrue(missing.contains("with status 404"), missing);
      build("FROM BUSYBOX\nADD http://127.0.0.1:8000/r.git#main:sub /r\n", "-t", "added").ok();
      assertEquals("Dockerfile\ng", inside("added", "ls -A /r"));
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static String remote(Api api, String path, String tag) {
    return api.call("POST", "/build?t=" + tag + "&remote=http://127.0.0.1:8000/" + path, "")
        .map(Api.Answer::body)
        .orElse("");
  }

  @Test
  void limits_are_those_of_the_commands() throws IOException {
    build(
            "FROM BUSYBOX\nRUN ulimit -n >/n; grep zed /etc/hosts >>/n; df -k /dev/shm | tail -1 >>/n\n",
            "-t",
            "limits",
            "--ulimit",
            "nofile=77:99",
            "--add-host",
            "zed:1.2.3.4",
            "--shm-size",
            "16m")
        .ok();
    String seen = inside("limits", "cat /n");
    assertTrue(seen.startsWith("77\n1.2.3.4\tzed"), seen);
    assertTrue(seen.contains(" 16384 "), seen);
  }

  @Test
  void what_needs_buildkit_is_refused_in_a_sentence() throws IOException {
    assertError("FROM BUSYBOX\nRUN --mount=type=secret,id=x true\n", "can not carry secrets");
    assertError("FROM BUSYBOX\nRUN --mount=type=ssh true\n", "can not carry an ssh agent");
    assertError("FROM BUSYBOX\nRUN --security=insecure true\n", "--security=insecure is not");
    assertError("FROM BUSYBOX\nRUN --mount=target=/x,src=nope true\n", "\"nope\": not found");
    assertError("FROM BUSYBOX\nRUN --mount=foo=1 true\n", "unexpected key 'foo' in 'foo=1'");
  }
}
