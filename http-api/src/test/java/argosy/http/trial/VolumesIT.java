package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Volumes with the stock client; the sentences are dockerd's. */
class VolumesIT extends OneHost {
  VolumesIT() {
    super(46);
  }

  @AfterEach
  void nothing_is_left() {
    each("rm", "-fv", daemon.docker("ps", "-aq").ok());
    each("volume rm", "-f", daemon.docker("volume", "ls", "-q").ok());
    Shell.await("no volume is mounted", () -> mounted().isEmpty());
  }

  private void each(String verb, String flag, String names) {
    for (String name : names.lines().filter(it -> !it.isBlank()).toList()) {
      var words = new java.util.ArrayList<>(List.of(verb.split(" ")));
      words.addAll(List.of(flag, name));
      daemon.docker(words.toArray(String[]::new)).ok();
    }
  }

  private List<String> mounted() {
    return daemon.mountsLeft().stream().filter(it -> it.contains("/volumes/")).toList();
  }

  private void create(String name, String type, String device, String options) {
    daemon
        .docker(
            "volume",
            "create",
            "-o",
            "type=" + type,
            "-o",
            "device=" + device,
            "-o",
            "o=" + options,
            name)
        .ok();
  }

  private String run(String... arguments) {
    var all = new java.util.ArrayList<>(List.of("run", "--rm"));
    all.addAll(List.of(arguments));
    return daemon.docker(all.toArray(String[]::new)).ok();
  }

  @Test
  void a_tmpfs_volume_is_mounted_for_its_first_container_and_goes_with_its_last() {
    create("mem", "tmpfs", "tmpfs", "size=1m,uid=1000");
    assertEquals(List.of(), mounted());
    daemon.docker("run", "-d", "--name", "one", "-v", "mem:/v", busybox, "sleep", "1000").ok();
    daemon.docker("run", "-d", "--name", "two", "-v", "mem:/v", busybox, "sleep", "1000").ok();
    daemon.docker("exec", "one", "sh", "-c", "echo hello >/v/file").ok();
    assertEquals("hello", daemon.docker("exec", "two", "cat", "/v/file").ok());
    assertTrue(
        daemon.docker("exec", "two", "grep", " /v ", "/proc/mounts").ok().contains("size=1024k"));
    assertEquals(1, mounted().size());
    daemon.docker("stop", "-t", "0", "one").ok();
    daemon.kill();
    daemon.start();
    assertEquals(1, mounted().size());
    daemon.docker("start", "one").ok();
    assertEquals("hello", daemon.docker("exec", "one", "cat", "/v/file").ok());
    assertEquals(1, mounted().size());
    daemon.docker("rm", "-f", "one", "two").ok();
    Shell.await("it is unmounted", () -> mounted().isEmpty());
    assertEquals("", run("-v", "mem:/v", busybox, "ls", "/v"));
  }

  @Test
  void a_daemon_that_comes_back_unmounts_what_nobody_uses_any_more() {
    create("mem", "tmpfs", "tmpfs", "");
    daemon.docker("run", "-d", "--name", "one", "-v", "mem:/v", busybox, "sleep", "1000").ok();
    String pid = daemon.docker("inspect", "-f", "{{.State.Pid}}", "one").ok();
    daemon.kill();
    Shell.run(List.of("kill", "-KILL", pid)).ok();
    daemon.start();
    Shell.await("it is unmounted", () -> mounted().isEmpty());
  }

  @Test
  void a_bound_directory_keeps_its_files_when_its_volume_goes() throws IOException {
    Path source = Files.createDirectories(directory.resolve("bound"));
    Files.writeString(source.resolve("precious"), "stays");
    create("bound", "none", source.toString(), "bind");
    assertEquals("stays", run("-v", "bound:/v", busybox, "cat", "/v/precious"));
    daemon.docker("create", "--name", "resting", "-v", "bound:/v", busybox, "true").ok();
    Path out = directory.resolve("out");
    daemon.docker("cp", "resting:/v/precious", out.toString()).ok();
    assertEquals("stays", Files.readString(out));
    daemon.docker("rm", "resting").ok();
    daemon.docker("volume", "rm", "bound").ok();
    assertEquals("stays", Files.readString(source.resolve("precious")));
  }

  @Test
  void what_can_not_be_mounted_fails_the_start_in_dockers_words() {
    create("gone", "none", "/nonexist", "bind");
    create("odd", "tmpfs", "tmpfs", "bogus=1");
    create("net", "nfs", ":/x", "addr=127.0.0.1,rw,password=secret");
    String root = directory.resolve("n1/data/volumes").toString();
    refused(
        "gone",
        "error while mounting volume '%s/gone/_data': failed to mount local volume: mount /nonexist:%s/gone/_data, flags: 0x1000: no such file or directory"
            .formatted(root, root));
    refused("odd", "data: bogus=1: invalid argument");
    refused("net", "data: addr=127.0.0.1,password=********: ");
    assertEquals(List.of(), mounted());
  }

  private void refused(String volume, String sentence) {
    var result = daemon.docker("run", "--rm", "-v", volume + ":/v", busybox, "true");
    assertNotEquals(0, result.code());
    assertTrue(result.err().contains(sentence), result.err());
  }

  @Test
  void a_removal_that_a_crash_cut_short_takes_its_anonymous_volumes_at_the_next_start()
      throws IOException {
    daemon.docker("run", "--name", "once", "-v", "/data", busybox, "true").ok();
    daemon.docker("run", "--name", "kept", "-v", "/data", busybox, "true").ok();
    String id = daemon.docker("inspect", "-f", "{{.Id}}", "once").ok();
    String volume =
        daemon.docker("inspect", "-f", "{{(index .Mounts 0).Name}}", "once").ok().strip();
    daemon.kill();
    Path container = directory.resolve("n1/data/containers").resolve(id.strip());
    Files.writeString(container.resolve("parting.json"), "{\"volumes\": [\"" + volume + "\"]}");
    Files.delete(container.resolve("record.json"));
    daemon.start();
    Shell.await(
        "the volume is gone", () -> !daemon.docker("volume", "ls", "-q").ok().contains(volume));
    assertEquals(1, daemon.docker("volume", "ls", "-q").ok().lines().count());
    assertFalse(Files.exists(container));
  }
}
