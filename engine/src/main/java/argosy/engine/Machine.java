package argosy.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The machine under the engine, read once at start from {@code /proc}, {@code /etc/os-release} and
 * the JVM.
 *
 * @param memory bytes
 * @param architecture as {@code uname -m} says it
 * @param cgroupVersion 2 only on a host with the unified hierarchy alone
 */
record Machine(
    String hostname,
    int cpus,
    long memory,
    String architecture,
    String kernel,
    String operatingSystem,
    String osVersion,
    int cgroupVersion) {

  /** Blocks on a few small files. */
  static Machine read() {
    try {
      Map<String, String> release = osRelease(lines(Path.of("/etc/os-release")));
      return new Machine(
          line(Path.of("/proc/sys/kernel/hostname")),
          Runtime.getRuntime().availableProcessors(),
          memoryTotal(lines(Path.of("/proc/meminfo"))),
          architecture(System.getProperty("os.arch")),
          line(Path.of("/proc/sys/kernel/osrelease")),
          release.getOrDefault("PRETTY_NAME", "Linux"),
          release.getOrDefault("VERSION_ID", ""),
          Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? 2 : 1);
    } catch (IOException e) {
      throw new UncheckedIOException("this machine does not tell what it is: " + e.getMessage(), e);
    }
  }

  static long memoryTotal(List<String> meminfo) {
    return meminfo.stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  static Map<String, String> osRelease(List<String> lines) {
    var found = new HashMap<String, String>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        found.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
      }
    }
    return found;
  }

  static String architecture(String javaName) {
    return javaName.equals("amd64") ? "x86_64" : javaName;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"));
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String line(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
