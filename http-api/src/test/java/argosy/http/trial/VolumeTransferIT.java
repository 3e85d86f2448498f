package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that go from one host to another, and what is left when something comes in between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VolumeTransferIT {
  /** Of what there is all kinds of, and 100 MB that no packing makes small. */
  private static final String FILL =
      "cd /v; mkdir -p d/e; echo x >d/f; chown 7:8 d/f; chmod 4711 d/f; ln d/f hard;"
          + " ln -s ../../etc/x link; mkfifo pipe; mknod null c 1 3; truncate -s 1G sparse;"
          + " echo end >>sparse; dd if=/dev/urandom of=big bs=1M count=100 2>/dev/null;"
          + " touch -d @1234567890 d/e; chown 5:6 .; chmod 1750 .";

  private static final String SEE =
      "cd /v; find . | sort | xargs stat -c '%n %F %a %u %g %h %t:%T %Y' | grep -v '^\\. ';"
          + " stat -c '%a %u %g' .; md5sum big d/f hard; du -k sparse; tail -c 4 sparse";

  @TempDir static Path directory;

  private Hosts hosts;
  private Registry registry;
  private Daemon first;
  private Daemon second;
  private String busybox;

  @BeforeAll
  void up() throws IOException {
    hosts = new Hosts(17, 2);
    registry = new Registry(hosts, directory.resolve("registry"));
    busybox = registry.busybox();
    first = member(1);
    second = member(2, "--join", hosts.address(1) + ":7946");
    both_are_in();
    first.docker("pull", busybox).ok();
    second.docker("pull", busybox).ok();
    first.docker("run", "--rm", "-v", "data:/v", busybox, "sh", "-c", FILL).ok();
    Path data = directory.resolve("n1/data/volumes/data/_data");
    Files.setAttribute(data.resolve("d/f"), "user:note", "kept".getBytes(StandardCharsets.UTF_8));
  }

  /** One that was killed and started again is back in when both say so. */
  @BeforeEach
  void both_are_in() {
    for (var daemon : List.of(first, second)) {
      Shell.await("both are in", () -> nodes(daemon) == 2);
    }
  }

  private Daemon member(int host, String... more) {
    var options =
        new ArrayList<>(
            List.of(
                "--insecure-registry",
                registry.address(),
                "--cluster-listen",
                hosts.address(host) + ":7946",
                "--cluster-insecure"));
    options.addAll(List.of(more));
    return new Daemon(hosts, host, directory.resolve("n" + host), options.toArray(String[]::new));
  }

  private static int nodes(Daemon daemon) {
    int up = 0;
    for (var node : Api.of(daemon).get("/argosy/nodes").ok().json()) {
      up += node.path("Status").asText().equalsIgnoreCase("up") ? 1 : 0;
    }
    return up;
  }

  @AfterEach
  void only_the_original_is_left() {
    for (var daemon : List.of(first, second)) {
      for (String name : daemon.docker("volume", "ls", "-q").ok().lines().toList()) {
        if (!name.isEmpty() && !name.equals("data")) {
          daemon.docker("volume", "rm", name).ok();
        }
      }
    }
    Shell.await("nothing half is left", () -> half(first) + half(second) == 0);
  }

  @AfterAll
  void down() {
    first.close();
    second.close();
    registry.close();
    hosts.close();
  }

  private static List<String> curl(Daemon daemon, String view, String path, String... options) {
    String socket = daemon.socket().substring("unix://".length());
    var all =
        new ArrayList<>(List.of("curl", "-sS", "--fail-with-body", "-N", "--unix-socket", socket));
    all.addAll(List.of(options));
    all.add("http://d" + view + "/v1.47/volumes/" + path);
    return all;
  }

  /** What is in a volume's place and is no volume. */
  private int half(Daemon daemon) {
    var names = directory.resolve(daemon.name()).resolve("data/volumes").toFile().list();
    return (int)
        List.of(names == null ? new String[0] : names).stream()
            .filter(name -> name.startsWith("."))
            .count();
  }

  private String seen(Daemon daemon, String volume) throws IOException {
    Path data = directory.resolve(daemon.name()).resolve("data/volumes/" + volume + "/_data");
    String files =
        daemon.docker("run", "--rm", "-v", volume + ":/v:ro", busybox, "sh", "-c", SEE).ok();
    byte[] note = (byte[]) Files.getAttribute(data.resolve("d/f"), "user:note");
    return files + "\n" + new String(note, StandardCharsets.UTF_8);
  }

  /** {@code export | import}, as a shell would have it; gives the import's code. */
  private int pipe(List<String> export, List<String> restore) throws Exception {
    File log = directory.resolve("pipe.log").toFile();
    Files.deleteIfExists(log.toPath());
    var said = ProcessBuilder.Redirect.appendTo(log);
    var processes =
        ProcessBuilder.startPipeline(
            List.of(
                new ProcessBuilder(export).redirectError(said),
                new ProcessBuilder(restore).redirectError(said).redirectOutput(said)));
    return processes.getLast().waitFor();
  }

  @Test
  void a_volume_moves_between_hosts_through_any_daemon_as_it_is() throws Exception {
    String original = seen(first, "data");
    assertTrue(original.contains("kept") && original.contains("./pipe fifo"), original);
    assertEquals(
        0,
        pipe(
            curl(first, "/node/n1", "data/archive"),
            curl(first, "/node/n2", "moved/archive", "-T", "-")),
        () -> log());
    assertEquals(original, seen(second, "moved"));
    assertEquals(
        0,
        pipe(
            curl(second, "/cluster", "data/archive"), curl(second, "", "again/archive", "-T", "-")),
        () -> log());
    assertEquals(original, seen(second, "again"));
  }

  @Test
  void a_clone_is_what_the_volume_is() throws IOException {
    String name = "{\"Name\": \"copy\"}";
    var clone = Api.of(second).call("POST", "/node/n1/v1.47/volumes/data/clone", name);
    assertEquals(201, clone.orElseThrow().status());
    assertEquals(seen(first, "data"), seen(first, "copy"));
    var twice = Api.of(first).call("POST", "/volumes/data/clone", name).orElseThrow();
    assertEquals(409, twice.status());
    assertEquals("create copy: the volume is there already", twice.message());
  }

  private static String log() {
    try {
      return Files.readString(directory.resolve("pipe.log"));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  @Test
  void what_breaks_off_leaves_no_volume() throws Exception {
    String tar = directory.resolve("data.tar").toString();
    Shell.run(curl(first, "", "data/archive", "-o", tar)).ok();
    Path half = directory.resolve("half.tar");
    Shell.run(List.of("sh", "-c", "head -c 50000000 " + tar + " >" + half)).ok();
    var torn = Shell.run(curl(second, "", "torn/archive", "-T", half.toString()));
    assertNotEquals(0, torn.code());
    assertEquals("", volumes(second));
    // a sender that stands still in the middle, and a daemon that dies meanwhile
    var sending =
        started(
            "(cat " + half + "; sleep 100) | \"$@\"", curl(second, "", "slow/archive", "-T", "-"));
    try {
      Shell.await("it is being unpacked", () -> half(second) == 1);
      second.kill();
      second.start();
      assertEquals("", volumes(second));
      Shell.await("nothing half is left", () -> half(second) == 0);
    } finally {
      sending.descendants().forEach(ProcessHandle::destroy);
      sending.destroy();
    }
  }

  /** A line of shell, and what {@code "$@"} is in it. */
  private static Process started(String line, List<String> command) throws IOException {
    var all = new ArrayList<>(List.of("sh", "-c", line, "sh"));
    all.addAll(command);
    return new ProcessBuilder(all)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String volumes(Daemon daemon) {
    return daemon.docker("volume", "ls", "-q").ok();
  }

  @Test
  void containers_that_an_export_paused_go_on_when_the_daemon_that_paused_them_died()
      throws Exception {
    for (String name : List.of("frozen", "paused")) {
      first.docker("run", "-d", "--name", name, "-v", "data:/v", busybox, "sleep", "1000").ok();
    }
    first.docker("pause", "paused").ok();
    var reading =
        started("\"$@\" | (sleep 100; cat >/dev/null)", curl(first, "", "data/archive?pause=1"));
    try {
      Shell.await("it stands still", () -> status("frozen").equals("paused"));
      first.kill();
      first.start();
      assertEquals("running", status("frozen"));
      assertEquals("paused", status("paused"));
    } finally {
      reading.descendants().forEach(ProcessHandle::destroy);
      reading.destroy();
      first.docker("rm", "-f", "frozen", "paused").ok();
    }
  }

  private String status(String container) {
    return first.docker("inspect", "-f", "{{.State.Status}}", container).ok();
  }
}
