package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a daemon's process uses. */
record Gauge(long pid) {
  /** How often a thing is done before it is measured: what is loaded and kept once is no leak. */
  private static final int WARM = 32;

  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin/jcmd");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final Pattern ACTOR =
      Pattern.compile(
          "(?m)^ *\\d+: +(\\d+) +\\d+ +org\\.apache\\.pekko\\.actor\\.typed\\.internal\\.adapter\\.ActorAdapter(?: .*)?$");

  /**
   * A look at it, after a collection of the heap.
   *
   * @param heap bytes alive
   */
  record Reading(int descriptors, int threads, int actors, long heap, long residentKilobytes) {
    /** It has not grown until {@code after}, but for so many bytes on its heap. */
    void assertHeld(Reading after, long bytes) {
      assertTrue(
          after.descriptors() <= descriptors + 5, () -> "descriptors: " + this + ", then " + after);
      assertTrue(after.threads() <= threads + 5, () -> "threads: " + this + ", then " + after);
      assertTrue(after.actors() <= actors + 2, () -> "actors: " + this + ", then " + after);
      assertTrue(
          after.heap() - heap < 3_000_000 + bytes, () -> "heap: " + this + ", then " + after);
    }
  }

  Reading read() {
    String histogram =
        Shell.run(List.of(JCMD.toString(), Long.toString(pid), "GC.class_histogram")).ok();
    return new Reading(
        descriptors(),
        Integer.parseInt(status("Threads")),
        Math.toIntExact(number(ACTOR, histogram)),
        number(TOTAL, histogram),
        residentKilobytes());
  }

  /** The same as soon as two looks agree: streams that have just ended close a moment later. */
  Reading settled() {
    return Shell.await(
        "it comes to rest",
        () -> {
          var one = read();
          var two = read();
          return one.descriptors() == two.descriptors() && one.actors() == two.actors()
              ? two
              : null;
        },
        Duration.ofSeconds(30));
  }

  /**
   * Does something many times: afterwards the process has no more descriptors, threads and actors
   * than before, and no more alive on its heap than {@code bytesEach} of each time.
   */
  void outlasts(String what, int times, long bytesEach, IntConsumer once) {
    IntStream.range(0, WARM).forEach(once);
    var before = settled();
    long start = System.nanoTime();
    IntStream.range(0, times).forEach(once);
    long millis = (System.nanoTime() - start) / 1_000_000;
    var after = settled();
    System.out.printf(
        "%d times %s in %d ms, before %s, after %s%n", times, what, millis, before, after);
    before.assertHeld(after, times * bytesEach);
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  long residentKilobytes() {
    return Long.parseLong(status("VmRSS").replaceAll("[^0-9]", ""));
  }

  private int descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return (int) open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String status(String key) {
    return line(Path.of("/proc", Long.toString(pid), "status"), key);
  }

  /** A process's share of the memory it uses, in kilobytes. */
  static long proportionalKilobytes(String pid) {
    return Long.parseLong(
        line(Path.of("/proc", pid, "smaps_rollup"), "Pss").replaceAll("[^0-9]", ""));
  }

  private static String line(Path file, String key) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key + ":"))
          .findFirst()
          .orElseThrow()
          .substring(key.length() + 1)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
