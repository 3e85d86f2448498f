package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files in and out of containers, with the stock docker CLI and with curl. */
class FilesIT extends OneHost {
  private Path own = Path.of("/");

  FilesIT() {
    super(21);
  }

  @BeforeEach
  void own_directory() throws IOException {
    own = Files.createTempDirectory(directory, "files");
  }

  @AfterEach
  void nothing_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", "-v", id).ok());
    Shell.await("no thread is left in files", () -> threads().isEmpty());
    Shell.await("no mount is left", () -> daemon.mountsLeft().isEmpty());
  }

  private List<String> threads() {
    var names = new ArrayList<String>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc", daemon.pid() + "", "task"))) {
      for (Path task : tasks) {
        names.add(Files.readString(task.resolve("comm")).strip());
      }
    } catch (IOException gone) {
      return List.of("a thread that just ended");
    }
    names.removeIf(name -> !name.startsWith("files-"));
    return names;
  }

  private String sh(String container, String script) {
    return daemon.docker("exec", container, "sh", "-c", script).ok();
  }

  private void start(String name, String... options) {
    var all = new ArrayList<>(List.of("run", "-d", "--name", name));
    all.addAll(List.of(options));
    all.addAll(List.of(busybox, "sleep", "1000"));
    daemon.docker(all.toArray(String[]::new)).ok();
  }

  private Shell.Result curl(String... arguments) {
    var all = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30", "--unix-socket"));
    all.add(daemon.socket().substring("unix://".length()));
    all.addAll(List.of(arguments));
    return Shell.run(all);
  }

  private String put(String container, String path, Path tar) {
    return curl(
            "-o",
            "/dev/null",
            "-w",
            "%{http_code}",
            "-X",
            "PUT",
            "-T",
            tar.toString(),
            "http://d/v1.45/containers/" + container + "/archive?path=" + path)
        .out();
  }

  @Test
  void files_are_copied_into_and_out_of_running_and_stopped_containers() throws IOException {
    Path tree = Files.createDirectories(own.resolve("tree/deep"));
    Files.writeString(tree.resolve("file"), "content\n");
    Files.createSymbolicLink(own.resolve("tree/link"), Path.of("deep/file"));
    Shell.run(List.of("chown", "77:88", tree.resolve("file").toString())).ok();
    daemon.docker("create", "--name", "rests", busybox, "true").ok();
    start("runs", "--tmpfs", "/ram", "-v", "/vol");
    for (String name : List.of("rests", "runs")) {
      daemon.docker("cp", own.resolve("tree").toString(), name + ":/tmp/in").ok();
      daemon.docker("cp", "-a", own.resolve("tree") + "/.", name + ":/tmp").ok();
      Path out = own.resolve("out-" + name);
      daemon.docker("cp", "-a", name + ":/tmp/in", out.toString()).ok();
      assertEquals("content\n", Files.readString(out.resolve("deep/file")));
      assertEquals("77/88", owner(name, "/tmp/in/deep/file"));
      assertEquals("77/88", owner(name, "/tmp/deep/file"));
      assertTrue(Files.isSymbolicLink(out.resolve("link")));
      daemon.docker("cp", "-L", name + ":/tmp/link", own.resolve("followed").toString()).ok();
      assertEquals("content\n", Files.readString(own.resolve("followed")));
    }
    sh("runs", "echo ram >/ram/f; echo vol >/vol/f");
    for (String place : List.of("ram", "vol")) {
      daemon.docker("cp", "runs:/" + place + "/f", own.resolve(place).toString()).ok();
      assertEquals(place + "\n", Files.readString(own.resolve(place)));
      daemon.docker("cp", own.resolve(place).toString(), "runs:/" + place + "/back").ok();
      assertEquals(place, sh("runs", "cat /" + place + "/back"));
    }
    daemon.docker("stop", "-t", "0", "runs").ok();
    daemon.docker("cp", "runs:/vol/f", own.resolve("later").toString()).ok();
    assertEquals("vol\n", Files.readString(own.resolve("later")));
    daemon.docker("cp", own.resolve("ram").toString(), "runs:/vol/more").ok();
    daemon.docker("start", "runs").ok();
    assertEquals("ram", sh("runs", "cat /vol/more"));
  }

  private String owner(String container, String path) {
    var script =
        String.join(" ", Daemon.command(daemon.socket()))
            + " cp %s:%s - | tar tv --numeric-owner | awk '{print $2}'";
    return Shell.run(List.of("sh", "-c", script.formatted(container, path))).ok();
  }

  @Test
  void tars_pass_through_standard_streams_in_every_packing() {
    start("runs");
    var script =
        "cd %s; mkdir t; echo hi >t/f; for z in cat gzip bzip2 xz; do tar c t | $z |"
            + " %s cp - runs:/tmp; %s cp runs:/tmp/t/f - | tar xO; done";
    String docker = String.join(" ", Daemon.command(daemon.socket()));
    assertEquals(
        "hi\nhi\nhi\nhi",
        Shell.run(List.of("sh", "-c", script.formatted(own, docker, docker))).ok());
  }

  @Test
  void what_can_not_be_is_refused_in_dockers_words() throws IOException {
    daemon
        .docker(
            "create",
            "--name",
            "closed",
            "--read-only",
            "-v",
            "/rw",
            "-v",
            "fixed:/ro:ro",
            busybox,
            "sleep",
            "1000")
        .ok();
    Path file = Files.writeString(own.resolve("f"), "x");
    for (String state : List.of("created", "running")) {
      refused("container rootfs is marked read-only", "cp", file.toString(), "closed:/tmp/f");
      refused("mounted volume is marked read-only", "cp", file.toString(), "closed:/ro/f");
      daemon.docker("cp", file.toString(), "closed:/rw/f").ok();
      assertEquals(
          "Could not find the file /nope in container closed",
          Api.of(daemon).get("/containers/closed/archive?path=/nope").message());
      daemon.docker("start", "closed").ok();
      assertFalse(state.isEmpty());
    }
    assertEquals("400", put("closed", "/etc/passwd", file));
    assertEquals("404", put("nobody", "/", file));
    daemon.docker("rm", "-f", "-v", "closed").ok();
    daemon.docker("volume", "rm", "fixed").ok();
  }

  private void refused(String sentence, String... command) {
    var result = daemon.docker(command);
    assertEquals(1, result.code(), () -> List.of(command) + " went well");
    assertTrue(result.err().contains(sentence), result.err());
  }

  @Test
  void a_hostile_tar_reaches_nothing_outside() throws IOException {
    start("runs");
    Path secret = Files.writeString(own.resolve("secret"), "secret");
    String script =
        """
        import tarfile, io, sys
        def tar(name, *entries):
          t = tarfile.open(sys.argv[1] + '/' + name + '.tar', 'w')
          for path, kind, link in entries:
            i = tarfile.TarInfo(path); i.type = kind; i.linkname = link; i.mode = 0o4755
            i.devmajor, i.devminor = 8, 0
            i.size = 4 if kind == tarfile.REGTYPE else 0
            t.addfile(i, io.BytesIO(b'evil') if i.size else None)
          t.close()
        R, S, H, B = tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.BLKTYPE
        s = sys.argv[1]
        tar('dots', ('../../../../../../..' + s + '/secret', R, ''))
        tar('absolute', (s + '/secret', R, ''))
        tar('link', ('l', S, s), ('l/secret', R, ''))
        tar('up', ('u', S, '../../../../../../../..' + s))
        tar('hard', ('h', H, '../../../../../../..' + s + '/secret'))
        tar('hardabs', ('h', H, s + '/secret'))
        tar('hardlink', ('l2', S, s + '/secret'), ('h2', H, 'l2'), ('h2', R, ''))
        tar('device', ('disk', B, ''))
        """;
    Shell.run(List.of("python3", "-c", script, own.toString())).ok();
    assertEquals("400", put("runs", "/tmp", own.resolve("dots.tar")));
    assertEquals("200", put("runs", "/tmp", own.resolve("absolute.tar")));
    sh("runs", "mkdir -p " + own);
    assertEquals("200", put("runs", "/tmp", own.resolve("link.tar")));
    assertEquals("400", put("runs", "/tmp", own.resolve("up.tar")));
    assertEquals("400", put("runs", "/tmp", own.resolve("hard.tar")));
    put("runs", "/tmp", own.resolve("hardabs.tar"));
    put("runs", "/tmp", own.resolve("hardlink.tar"));
    assertEquals("200", put("runs", "/tmp", own.resolve("device.tar")));
    assertEquals("secret", Files.readString(secret));
    assertEquals(1, Files.getAttribute(secret, "unix:nlink"));
    assertEquals("evil", sh("runs", "cat " + secret), "the link led inside the container");
    assertTrue(
        daemon.docker("exec", "runs", "head", "-c1", "/tmp/disk").code() != 0,
        "the device cgroup still says no");
  }

  @Test
  void a_container_that_swaps_links_and_directories_while_files_are_copied_gains_nothing()
      throws IOException {
    Path outside = Files.createDirectories(own.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    var before =
        Files.readAttributes(outside, "unix:mode,uid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
    start("hostile");
    daemon
        .docker(
            "exec",
            "-d",
            "hostile",
            "sh",
            "-c",
            "mkdir -p /w/real; cd /w; ln -s %s link; touch real/mine; while :; do mv real d; mv d real; mv link d; mv d link; done"
                .formatted(outside))
        .ok();
    Path in = Files.createDirectories(own.resolve("in/d"));
    Files.writeString(in.resolve("evil"), "evil");
    Path whole = own.resolve("whole.tar");
    Path inner = own.resolve("inner.tar");
    Path flat = own.resolve("flat.tar");
    Shell.run(List.of("tar", "cf", whole.toString(), "-C", own.resolve("in").toString(), "d")).ok();
    Shell.run(List.of("tar", "cf", inner.toString(), "-C", in.toString(), "evil")).ok();
    Files.writeString(own.resolve("d"), "a file in a directory's place");
    Shell.run(List.of("tar", "cf", flat.toString(), "-C", own.toString(), "d")).ok();
    long end = System.nanoTime() + 4_000_000_000L;
    while (System.nanoTime() < end) {
      put("hostile", "/w", whole);
      put("hostile", "/w/d", inner);
      put("hostile", "/w", flat);
      for (String path : List.of("/w", "/w/d/", "/w/d/secret")) {
        String tar = curl("http://d/v1.45/containers/hostile/archive?path=" + path).out();
        assertFalse(tar.contains("secret\0"), "a name from outside came out by " + path);
      }
    }
    try (var entries = Files.list(outside)) {
      assertEquals(List.of(outside.resolve("secret")), entries.toList());
    }
    assertEquals("secret", Files.readString(outside.resolve("secret")));
    assertEquals(
        before,
        Files.readAttributes(outside, "unix:mode,uid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void a_client_that_goes_away_leaves_no_thread_and_no_mount() {
    daemon.docker("create", "--name", "big", "-v", "/vol", busybox, "true").ok();
    Path socket = Path.of(daemon.socket().substring("unix://".length()));
    String archive = "http://d/v1.45/containers/big/archive?path=/";
    Path zeros = own.resolve("zeros");
    Shell.run(List.of("truncate", "-s", "100M", zeros.toString())).ok();
    daemon.docker("cp", zeros.toString(), "big:/zeros").ok();
    for (String slow :
        List.of(
            "curl -sS -N --limit-rate 100k --max-time 2 -o /dev/null --unix-socket %s '%s'"
                .formatted(socket, archive),
            "tar c -C %s zeros | curl -sS --limit-rate 100k --max-time 2 -o /dev/null -X PUT -T - --unix-socket %s '%s'"
                .formatted(own, socket, archive))) {
      assertTrue(Shell.run(List.of("sh", "-c", slow)).code() != 0);
      Shell.await("its thread has ended", () -> threads().isEmpty());
      Shell.await("its mount is gone", () -> daemon.mountsLeft().isEmpty());
    }
  }

  @Test
  void an_exported_root_file_system_keeps_what_files_are() {
    start("runs", "-v", "/vol");
    sh(
        "runs",
        "echo x >/f; ln /f /g; chown 5:6 /f; chmod 4711 /f; mkfifo /p; ln -s f /s; echo v >/vol/v;"
            + " mkdir /öß; touch /öß/ü");
    String docker = String.join(" ", Daemon.command(daemon.socket()));
    Shell.run(List.of("sh", "-c", docker + " export runs | " + docker + " import - exported:1"))
        .ok();
    assertEquals(
        "-rws--x--x 2 5 6\nprw-r--r--\nf\n0\nthere",
        daemon
            .docker(
                "run",
                "--rm",
                "exported:1",
                "sh",
                "-c",
                "ls -ln /f | awk '{print $1,$2,$3,$4}'; ls -l /p | cut -c1-10; readlink /s;"
                    + " ls /vol | wc -l; test -f /öß/ü && echo there")
            .ok());
    daemon.docker("rmi", "exported:1").ok();
  }

  @Test
  void a_container_becomes_an_image() {
    start("runs", "-e", "OWN=1", "-l", "own=1");
    sh(
        "runs",
        "echo new >/new; rm /etc/group; rm -r /home; mkdir /home; echo h >/home/h; ln /new /new2");
    daemon
        .docker(
            "commit",
            "-a",
            "me",
            "-m",
            "why",
            "-c",
            "ENV MORE=2",
            "-c",
            "CMD [\"sh\",\"-c\",\"cat /new2 /home/h; ls /home; ls /etc/group; echo $OWN$MORE\"]",
            "-c",
            "LABEL l=m",
            "-c",
            "EXPOSE 80",
            "runs",
            "made:1")
        .ok();
    assertEquals("running", daemon.docker("inspect", "-f", "{{.State.Status}}", "runs").ok());
    assertEquals(
        "me why map[l:m own:1]",
        daemon
            .docker("inspect", "-f", "{{.Author}} {{.Comment}} {{.Config.Labels}}", "made:1")
            .ok());
    assertEquals("new\nh\nh\n12", daemon.docker("run", "--rm", "made:1").out());
    assertTrue(daemon.docker("history", "made:1").ok().contains("why"));
    Path saved = own.resolve("saved.tar");
    daemon.docker("save", "-o", saved.toString(), "made:1").ok();
    daemon.docker("rmi", "made:1").ok();
    daemon.docker("load", "-i", saved.toString()).ok();
    assertEquals("new\nh\nh\n12", daemon.docker("run", "--rm", "made:1").out());
    refused("is not a valid change command", "commit", "-c", "RUN x", "runs");
    refused("must be lowercase", "commit", "runs", "BAD");
    daemon.docker("rmi", "made:1").ok();
  }

  @Test
  void the_other_views_reach_the_same_files() throws IOException {
    start("runs");
    Path file = Files.writeString(own.resolve("f"), "far\n");
    for (String url : List.of(daemon.tcp() + "/node/n1", daemon.tcp() + "/cluster")) {
      daemon.dockerFromHub(url, "cp", file.toString(), "runs:/tmp/f").ok();
      daemon.dockerFromHub(url, "cp", "runs:/tmp/f", own.resolve("back").toString()).ok();
      assertEquals("far\n", Files.readString(own.resolve("back")));
      daemon.dockerFromHub(url, "export", "-o", own.resolve("e.tar").toString(), "runs").ok();
      daemon.dockerFromHub(url, "commit", "runs", "viewed:1").ok();
      daemon.docker("rmi", "viewed:1").ok();
    }
  }
}
