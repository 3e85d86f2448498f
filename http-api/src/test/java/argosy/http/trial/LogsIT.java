package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stored output: what is kept, what is shown, and that no line is lost. */
class LogsIT extends OneHost {
  LogsIT() {
    super(34);
  }

  @AfterEach
  void no_container_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void no_line_is_lost_while_files_are_rotated_under_a_follower() {
    // 5 MB a second for some seconds, so that a limit of 1 MB is passed again and again
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "much",
            "--log-opt",
            "max-size=1m",
            "--log-opt",
            "max-file=20",
            busybox,
            "sh",
            "-c",
            "pad=$(head -c 900 /dev/zero | tr '\\0' x); i=0; while [ $i -lt 12000 ]; do i=$((i+1));"
                + " echo $i $pad; [ $((i % 1500)) != 0 ] || sleep 0.6; done")
        .ok();
    var followed =
        CompletableFuture.supplyAsync(() -> daemon.docker("logs", "-f", "much").ok()).join();
    assertEquals(numbers(1, 12000), firstWords(followed));
    var log = Path.of(daemon.docker("inspect", "-f", "{{.LogPath}}", "much").ok());
    assertTrue(Files.exists(log.resolveSibling(log.getFileName() + ".1")));
    var kept = daemon.docker("logs", "much").ok();
    assertEquals(numbers(1, 12000), firstWords(kept));
    assertEquals(
        numbers(11999, 12000), firstWords(daemon.docker("logs", "--tail", "2", "much").ok()));
  }

  private static String firstWords(String text) {
    return text.lines().map(line -> line.split(" ", 2)[0]).collect(Collectors.joining("\n"));
  }

  @Test
  void old_files_go_and_the_newest_lines_stay() {
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "bounded",
            "--log-opt",
            "max-size=100k",
            "--log-opt",
            "max-file=2",
            busybox,
            "sh",
            "-c",
            "i=0; while [ $i -lt 60 ]; do i=$((i+1)); head -c 20000 /dev/zero | tr '\\0' x; echo; echo"
                + " line $i; sleep 0.1; done")
        .ok();
    daemon.docker("wait", "bounded").ok();
    var kept = daemon.docker("logs", "bounded").ok();
    assertTrue(kept.endsWith("line 60"), () -> kept.substring(Math.max(0, kept.length() - 80)));
    assertTrue(kept.length() < 1_000_000, () -> "kept " + kept.length());
  }

  @Test
  void no_line_is_lost_when_the_daemon_is_killed_in_the_middle() {
    daemon
        .docker(
            "run",
            "-d",
            "--name",
            "steady",
            busybox,
            "sh",
            "-c",
            "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo $i; [ $((i % 100)) != 0 ] || sleep 0.2; done")
        .ok();
    Shell.await("it talks", () -> daemon.docker("logs", "--tail", "1", "steady").ok().length() > 2);
    daemon.kill();
    daemon.start();
    assertEquals(numbers(1, 3000), daemon.docker("logs", "-f", "steady").ok());
  }

  @Test
  void bytes_parts_and_long_lines_are_kept_as_they_are() {
    daemon
        .docker(
            "run",
            "--name",
            "odd",
            busybox,
            "sh",
            "-c",
            "printf a; printf 'b\\n\\n\\377\\000z\\n'; head -c 20000 /dev/zero | tr '\\0' x; echo; printf tail")
        .ok();
    var api = Api.of(daemon).get("/v1.41/containers/odd/logs?stdout=1").body();
    assertTrue(api.startsWith("\u0001\0\0\0\0\0\0\u0003ab\n"), api.substring(0, 40));
    assertTrue(api.contains("\0\0\0\u0004\u00ff\0z\n"), "the bytes are kept");
    // dockerd reads output with a buffer of 16 KiB and each piece is a frame
    assertTrue(api.contains("\u0001\0\0\0\0\0\u0040\0xxx"), "16 KiB in the first frame");
    assertTrue(api.endsWith("\0\0\0\u0004tail"), api.substring(api.length() - 20));
  }

  @Test
  void options_times_and_drivers() {
    daemon
        .docker(
            "run",
            "--name",
            "told",
            "--label",
            "l1=a",
            "-e",
            "E=v",
            "--log-opt",
            "labels=l1",
            "--log-opt",
            "env=E",
            busybox,
            "sh",
            "-c",
            "echo one; sleep 1.2; echo two >&2")
        .ok();
    assertEquals("E=v,l1=a one", daemon.docker("logs", "--details", "told").out());
    var lines = daemon.docker("logs", "-t", "told");
    String second = lines.err().split(" ")[0];
    assertTrue(second.matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z"), second);
    var since = daemon.docker("logs", "--since", second, "told");
    assertEquals(List.of("", "two"), List.of(since.out(), since.err()));
    var until = daemon.docker("logs", "--until", lines.out().split(" ")[0], "told");
    assertEquals(List.of("one", ""), List.of(until.out(), until.err()));
    daemon.docker("run", "--name", "silent", "--log-driver", "none", busybox, "echo", "hi").ok();
    assertEquals(
        "Error response from daemon: configured logging driver does not support reading",
        daemon.docker("logs", "silent").err());
    var unknown = daemon.docker("run", "--rm", "--log-driver", "asdf", busybox, "true");
    assertEquals(125, unknown.code());
    assertTrue(
        unknown.err().contains("logger: no log driver named 'asdf' is registered"), unknown.err());
  }
}
