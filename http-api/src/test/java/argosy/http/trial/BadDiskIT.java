package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data root that is full or can not be written; in a mount namespace of the daemon's own. */
class BadDiskIT {
  @TempDir Path directory;

  private Hosts hosts;
  private Registry registry;
  private Daemon daemon;

  @BeforeEach
  void up() throws IOException {
    hosts = new Hosts(28, 1);
    registry = new Registry(hosts, directory.resolve("registry"));
    Files.createDirectories(directory.resolve("n1/data"));
  }

  @AfterEach
  void down() {
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
  void on_a_full_disk_everything_answers_and_works_again_when_there_is_room() {
    daemon = mounting("mount -t tmpfs -o size=64m none DATA");
    daemon.start();
    String busybox = registry.busybox();
    daemon.docker("pull", busybox).ok();
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "talker",
            busybox,
            "sh",
            "-c",
            "while :; do echo line; sleep 0.1; done")
        .ok();
    daemon
        .docker("run", "-d", "--name", "steady", "--restart", "always", busybox, "sleep", "1000")
        .ok();
    daemon.docker("create", "--name", "waiting", busybox, "sleep", "1000").ok();
    daemon.docker("run", "--name", "done", busybox, "true").ok();
    daemon.docker("rmi", "-f", "nothing");
    fill();

    refused("create", "--name", "new", busybox, "true");
    refused("run", "--name", "new", busybox, "true");
    refused("start", "waiting");
    refused("pull", registry.address() + "/other");
    assertTrue(daemon.docker("logs", "talker").ok().contains("line"));
    assertEquals("in", daemon.docker("exec", "steady", "echo", "in").ok());
    daemon.docker("stop", "-t", "1", "talker").ok();
    daemon.docker("rm", "done").ok();
    assertEquals("running", state("steady"));
    assertEquals("created", state("waiting"));
    assertNotEquals("running", state("talker"));
    assertEquals(
        List.of("steady", "talker", "waiting"),
        daemon.docker("ps", "-a", "--format", "{{.Names}}").ok().lines().sorted().toList());

    in("rm", directory.resolve("n1/data/filler").toString());
    daemon.docker("start", "waiting").ok();
    daemon.docker("start", "talker").ok();
    assertEquals("", daemon.docker("run", "--rm", "--name", "new", busybox, "true").ok());
    daemon.docker("pull", busybox).ok();
    daemon.docker("rm", "-f", "steady", "talker", "waiting").ok();
    assertEquals(
        "", in("find", directory.resolve("n1/data/containers").toString(), "-mindepth", "1"));
    daemon.close();
  }

  private void fill() {
    String file = directory.resolve("n1/data/filler").toString();
    var words = new ArrayList<>(entering());
    words.addAll(List.of("dd", "if=/dev/zero", "of=" + file, "bs=64k"));
    assertNotEquals(0, Shell.run(words).code());
    words.set(words.size() - 1, "bs=1");
    words.addAll(List.of("oflag=append", "conv=notrunc"));
    assertNotEquals(0, Shell.run(words).code());
  }

  private void refused(String... arguments) {
    var result = daemon.docker(arguments);
    assertNotEquals(0, result.code(), String.join(" ", arguments));
    assertTrue(
        result.err().contains("No space left on device")
            || result.err().contains("no space left on device"),
        result.err());
  }

  private String state(String name) {
    return daemon.docker("inspect", "-f", "{{.State.Status}}", name).ok();
  }

  private List<String> entering() {
    return List.of("nsenter", "--mount", "--target", Long.toString(daemon.pid()));
  }

  private String in(String... command) {
    var words = new ArrayList<>(entering());
    words.addAll(List.of(command));
    return Shell.run(words).ok();
  }
}
