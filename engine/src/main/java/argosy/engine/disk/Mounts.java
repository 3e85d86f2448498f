package argosy.engine.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What is mounted, as {@code /proc/self/mountinfo} says (proc(5)). */
final class Mounts {
  private static final int TARGET = 4;

  private Mounts() {}

  /** Mount points below a directory. */
  static Set<Path> below(Path directory) {
    var found = new HashSet<Path>();
    try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      lines.forEach(line -> {
        Path target = Path.of(unescape(line.split(" ", TARGET + 2)[TARGET]));
        if (target.startsWith(directory)) {
          found.add(target);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the mounts: " + e, e);
    }
    return found;
  }

  /** Blank, tab, newline and backslash stand there as octal numbers. */
  static String unescape(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
