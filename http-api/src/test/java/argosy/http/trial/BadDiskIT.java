package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data root that is full or can not be written; in a mount namespace of the daemon's own. */
class BadDiskIT {
  @TempDir Path directory;

  private Hosts hosts;
  private Registry registry;
  private @Nullable Daemon started;

  @BeforeEach
  void up() throws IOException {
    hosts = new Hosts(28, 1);
    registry = new Registry(hosts, directory.resolve("registry"));
    Files.createDirectories(directory.resolve("n1/data"));
  }

  @AfterEach
  void down() {
    if (started != null) {
      started.close();
    }
    registry.close();
    hosts.close();
  }

  private Daemon mounting(String command) {
    String data = directory.resolve("n1/data").toString();
    return Daemon.by(
        List.of(
            "unshare",
            "--mount",
            "--propagation=private",
            "sh",
            "-ec",
            command.replace("DATA", data) + "; exec \"$@\"",
            "sh"),
        hosts,
        1,
        directory.resolve("n1"),
        "--insecure-registry",
        registry.address());
  }

  @Test
  void a_data_root_that_can_not_be_written_is_refused_in_one_sentence() {
    var refusal = mounting("mount --bind DATA DATA; mount -o remount,bind,ro DATA").refusal();
    assertEquals(1, refusal.code());
    assertEquals(1, refusal.err().lines().count(), refusal.err());
    assertTrue(refusal.err().contains("can not write the data root"), refusal.err());
  }

  @Test
  void a_pull_that_does_not_fit_says_so_and_leaves_nothing() {
    var daemon = full();
    in("truncate", "-s", "-700K", filler());
    noRoom(daemon.docker("pull", registry.busybox()));
    assertEquals("", daemon.docker("images", "-q").ok());
    String data = directory.resolve("n1/data").toString();
    assertEquals(filler(), in("find", data, "-type", "f", "-size", "+8k"));
    in("rm", filler());
    daemon.docker("pull", registry.busybox()).ok();
    assertEquals("", daemon.docker("run", "--rm", registry.busybox(), "true").ok());
  }

  @Test
  void on_a_full_disk_everything_answers_and_works_again_when_there_is_room() {
    var daemon = mounted("64m");
    String busybox = registry.busybox();
    daemon.docker("pull", busybox).ok();
    run("talker", busybox, "sh", "-c", "while :; do echo line; sleep 0.1; done");
    run("steady", "--restart", "always", busybox, "sleep", "1000");
    run("stubborn", "--restart", "always", busybox, "sleep", "1000");
    daemon.docker("create", "--name", "waiting", busybox, "sleep", "1000").ok();
    daemon.docker("run", "--name", "done", busybox, "true").ok();
    fill();

    refused("create", "--name", "new", busybox, "true");
    refused("run", "--name", "new", busybox, "true");
    String data = directory.resolve("n1/data").toString();
    assertEquals(
        5, in("find", data + "/containers", "-mindepth", "1", "-maxdepth", "1").lines().count());
    refused("start", "waiting");
    refused("rename", "waiting", "renamed");
    refused("volume", "create", "data");
    refused("network", "create", "net");
    assertTrue(daemon.docker("logs", "talker").ok().contains("line"));
    assertEquals("in", daemon.docker("exec", "steady", "echo", "in").ok());
    assertEquals("talker", daemon.docker("stop", "-t", "1", "talker").ok());
    daemon.docker("stop", "-t", "1", "stubborn");
    daemon.docker("rm", "done").ok();
    assertEquals("running", state("steady"));
    assertEquals("created", state("waiting"));
    assertEquals("exited", state("talker"));
    assertEquals("exited", state("stubborn"));
    assertEquals(
        List.of("steady", "stubborn", "talker", "waiting"),
        daemon.docker("ps", "-a", "--format", "{{.Names}}").ok().lines().sorted().toList());
    assertEquals("", daemon.docker("volume", "ls", "-q").ok());
    assertEquals("", daemon.docker("network", "ls", "-q", "--filter", "name=net").ok());

    in("rm", filler());
    daemon.docker("start", "waiting", "talker").ok();
    daemon.docker("rename", "waiting", "renamed").ok();
    daemon.docker("volume", "create", "data").ok();
    daemon.docker("network", "create", "net").ok();
    assertEquals("", daemon.docker("run", "--rm", "--name", "new", busybox, "true").ok());
    daemon.docker("network", "rm", "net").ok();
    daemon.docker("rm", "-f", "steady", "talker", "renamed", "stubborn").ok();
    Shell.await(
        "no container's files are left",
        () ->
            in("find", directory.resolve("n1/data/containers").toString(), "-mindepth", "1")
                .isEmpty());
  }

  /** A daemon with nothing on its disk, and no room. */
  private Daemon full() {
    var daemon = mounted("16m");
    fill();
    return daemon;
  }

  private Daemon mounted(String size) {
    var daemon = mounting("mount -t tmpfs -o size=%s none DATA".formatted(size));
    started = daemon;
    daemon.start();
    return daemon;
  }

  private Daemon daemon() {
    return Objects.requireNonNull(started);
  }

  private String filler() {
    return directory.resolve("n1/data/filler").toString();
  }

  private void fill() {
    var words = new ArrayList<>(entering());
    words.addAll(
        List.of("dd", "if=/dev/zero", "of=" + filler(), "bs=4k", "oflag=append", "conv=notrunc"));
    assertNotEquals(0, Shell.run(words).code());
  }

  private void run(String name, String... more) {
    var words = new ArrayList<>(List.of("run", "-d", "--name", name));
    words.addAll(List.of(more));
    daemon().docker(words.toArray(String[]::new)).ok();
  }

  private void refused(String... arguments) {
    fill();
    var result = daemon().docker(arguments);
    noRoom(result);
  }

  private static void noRoom(Shell.Result result) {
    assertNotEquals(0, result.code(), result.out());
    assertTrue(
        result.err().contains("No space left on device")
            || result.err().contains("no space left on device"),
        result.err());
  }

  private String state(String name) {
    return daemon().docker("inspect", "-f", "{{.State.Status}}", name).ok();
  }

  private List<String> entering() {
    return List.of("nsenter", "--mount", "--target", Long.toString(daemon().pid()));
  }

  private String in(String... command) {
    var words = new ArrayList<>(entering());
    words.addAll(List.of(command));
    return Shell.run(words).ok();
  }
}
