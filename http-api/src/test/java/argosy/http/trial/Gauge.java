package argosy.http.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a daemon's process uses. */
record Gauge(long pid) {
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
  record Reading(int descriptors, int threads, int actors, long heap, long residentKilobytes) {}

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
