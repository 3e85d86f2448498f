package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
  void a_block_device_is_a_volume_while_a_container_uses_it() throws IOException {
    Path image = directory.resolve("disk.img");
    String make = "truncate -s 16M %1$s && /sbin/mkfs.ext4 -q %1$s && /sbin/losetup -f --show %1$s";
    var device = Shell.run(List.of("sh", "-c", make.formatted(image)));
    assumeTrue(device.code() == 0, "this machine gives no loop devices: " + device.err());
    try {
      create("disk", "ext4", device.out(), "noexec");
      run("-v", "disk:/v", busybox, "sh", "-c", "echo kept >/v/f");
      Shell.await("it is free again", () -> daemon.mountsLeft().isEmpty());
      String seen = run("-v", "disk:/v", busybox, "sh", "-c", "cat /v/f; grep ' /v ' /proc/mounts");
      assertTrue(seen.matches("(?s)kept\n.* /v ext4 .*noexec.*"), seen);
      daemon.docker("volume", "rm", "disk").ok();
      create("torn", "xfs", device.out(), "ro");
      String refused = daemon.docker("run", "--rm", "-v", "torn:/v", busybox, "true").err();
      assertTrue(refused.contains("failed to mount local volume"), refused);
      daemon.docker("volume", "rm", "torn").ok();
    } finally {
      Shell.run(List.of("/sbin/losetup", "-d", device.out())).ok();
    }
  }

  @Test
  void what_a_volumes_mount_forbids_is_forbidden_in_the_container() throws IOException {
    Path source = Files.createDirectories(directory.resolve("forbidding"));
    create("forbids", "none", source.toString(), "bind,ro,nosuid,noexec");
    for (String runtime : List.of("crun", "runc")) {
      String options =
          run("--runtime", runtime, "-v", "forbids:/v", busybox, "grep", " /v ", "/proc/mounts");
      for (String option : List.of("ro", "nosuid", "noexec")) {
        assertTrue(options.matches(".*[ ,]" + option + "[ ,].*"), runtime + ": " + options);
      }
    }
    daemon.docker("volume", "rm", "forbids").ok();
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
    create("lost", "nfs", ":/x", "addr=nosuch.invalid");
    refused(
        "lost", "volumes/lost/_data': error resolving passed in network volume address: lookup");
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

  @Test
  void a_subpath_is_all_the_container_sees_and_no_link_leads_out_of_the_volume() {
    assumeTrue(daemon.commandLineKnows("--annotation", "run"), "volume-subpath came with it");
    run(
        "-v",
        "tree:/v",
        busybox,
        "sh",
        "-c",
        "mkdir -p /v/a/b; echo in >/v/a/b/file; ln -s /etc /v/out; ln -s a /v/alias");
    assertEquals("in", run("--mount", subpath("a/b"), busybox, "cat", "/m/file"));
    assertEquals("in", run("--mount", subpath("alias/b"), busybox, "cat", "/m/file"));
    var missing = daemon.docker("run", "--rm", "--mount", subpath("no"), busybox, "true");
    assertTrue(missing.err().contains("cannot access path "), missing.err());
    assertTrue(missing.err().contains("/tree/_data/no: no such file or directory"), missing.err());
    var out = daemon.docker("run", "--rm", "--mount", subpath("out"), busybox, "true");
    assertTrue(out.err().contains("no such file or directory"), out.err());
    var up = daemon.docker("run", "--rm", "--mount", subpath("../x"), busybox, "true");
    assertTrue(up.err().contains("subpath must be a relative path within the volume"), up.err());
  }

  private static String subpath(String path) {
    return "type=volume,source=tree,target=/m,volume-subpath=" + path;
  }

  @Test
  void an_image_is_mounted_read_only_and_held_while_its_container_is_there() {
    assumeTrue(daemon.commandLineKnows("--annotation", "run"), "image mounts came after it");
    daemon.docker("tag", busybox, "mounted:1").ok();
    daemon.docker("create", "--name", "commit", busybox, "true").ok();
    daemon.docker("cp", "pom.xml", "commit:/pom.xml").ok();
    daemon.docker("commit", "commit", "mounted:1").ok();
    String mount = "type=image,source=mounted:1,target=/i";
    daemon.docker("run", "-d", "--name", "user", "--mount", mount, busybox, "sleep", "1000").ok();
    daemon.docker("exec", "user", "test", "-f", "/i/pom.xml").ok();
    assertTrue(
        daemon.docker("exec", "user", "touch", "/i/x").err().contains("Read-only file system"));
    var conflict = daemon.docker("rmi", "mounted:1");
    assertTrue(conflict.err().contains("conflict: unable to"), conflict.err());
    daemon.kill();
    daemon.start();
    assertTrue(daemon.docker("rmi", "mounted:1").err().contains("conflict"));
    daemon.docker("stop", "-t", "0", "user").ok();
    daemon.docker("cp", "user:/i/pom.xml", directory.resolve("pom.xml").toString()).ok();
    assertTrue(Files.exists(directory.resolve("pom.xml")));
    Shell.await("nothing of it is mounted", () -> daemon.mountsLeft().isEmpty());
    daemon.docker("start", "user").ok();
    daemon.docker("exec", "user", "test", "-f", "/i/pom.xml").ok();
    assertEquals(
        "ls", run("--mount", mount + ",image-subpath=bin", busybox, "sh", "-c", "cd /i; echo ls"));
    var none =
        daemon.docker("run", "--rm", "--mount", mount + ",image-subpath=no", busybox, "true");
    assertTrue(none.err().contains("no such file or directory"), none.err());
    daemon.docker("rm", "-f", "user", "commit").ok();
    daemon.docker("rmi", "mounted:1").ok();
  }

  @Test
  void a_volume_goes_out_as_a_tar_and_comes_back_as_another() throws IOException {
    run("-v", "from:/v", busybox, "sh", "-c", FILL);
    Path tar = directory.resolve("from.tar");
    assertEquals(0, curl("-o", tar.toString(), url("from/archive")).code());
    assertTrue(Files.size(tar) < 1 << 20, "holes are not written out: " + Files.size(tar));
    assertEquals(0, curl("-f", "-T", tar.toString(), url("to/archive")).code());
    daemon.docker("run", "-d", "--name", "user", "-v", "from:/v", busybox, "sleep", "1000").ok();
    var copy =
        curl(
            "-f",
            "-X",
            "POST",
            "-H",
            "Content-Type: application/json",
            "-d",
            "{\"Name\": \"copy\"}",
            url("from/clone"));
    assertEquals(0, copy.code(), copy.err());
    String seen = run("-v", "from:/v", busybox, "sh", "-c", SEE);
    assertEquals(seen, run("-v", "to:/v", busybox, "sh", "-c", SEE));
    assertEquals(seen, run("-v", "copy:/v", busybox, "sh", "-c", SEE));
    assertTrue(seen.contains("drwxr-x--T") && seen.contains("0\tbig"), seen);
    var full = curl("-T", tar.toString(), url("to/archive"));
    assertTrue(full.out().contains("volume to is not empty"), full.out());
    assertEquals(0, curl("-f", "-T", tar.toString(), url("to/archive?force=1")).code());
    var bad = curl("-T", "/etc/hostname", url("bad/archive"));
    assertTrue(bad.out().contains("message"), bad.out());
    assertFalse(daemon.docker("volume", "ls", "-q").ok().contains("bad"));
    var warned = curl("-D", "-", "-o", "/dev/null", url("from/archive"));
    assertTrue(warned.out().contains("running containers may change the volume"), warned.out());
    var still = curl("-D", "-", "-o", "/dev/null", url("from/archive?pause=1"));
    assertFalse(still.out().contains("Warning"), still.out());
    Shell.await(
        "it runs on",
        () -> daemon.docker("inspect", "-f", "{{.State.Status}}", "user").ok().equals("running"));
    assertEquals("", curl("-s", url("nope/archive")).err());
  }

  private static final String FILL =
      "mkdir /v/d; echo x >/v/d/f; chown 7:8 /v/d/f; chmod 4711 /v/d/f; ln /v/d/f /v/hard;"
          + " ln -s ../../etc/x /v/link; mkfifo /v/pipe; mknod /v/null c 1 3;"
          + " truncate -s 64M /v/big; chown 5:6 /v; chmod 1750 /v";
  private static final String SEE =
      "cd /v; ls -lnd . ; ls -lnR | grep -v ^total; du -k big; cat d/f hard";

  private String url(String path) {
    return "http://d/v1.47/volumes/" + path;
  }

  private Shell.Result curl(String... arguments) {
    var all = new java.util.ArrayList<>(List.of("curl", "-sS", "--unix-socket"));
    all.add(daemon.socket().substring("unix://".length()));
    all.addAll(List.of(arguments));
    return Shell.run(all);
  }
}
