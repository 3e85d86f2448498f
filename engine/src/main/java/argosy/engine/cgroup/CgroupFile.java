package argosy.engine.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes in which cgroup files say things. A file of a controller that is off is absent. */
final class CgroupFile {
  private CgroupFile() {}

  static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static void write(Path file, String value) {
    try {
      Files.writeString(file, value);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One number; null for "max" and for a file that is not there. */
  static @Nullable Long number(@Nullable Path file) {
    if (file == null || !Files.exists(file)) {
      return null;
    }
    String text = text(file);
    return text.isEmpty() || text.equals("max") ? null : Long.valueOf(text);
  }

  static long numberOrZero(@Nullable Path file) {
    Long number = number(file);
    return number == null ? 0 : number;
  }

  /** Lines of a key and a number. */
  static Map<String, Long> table(@Nullable Path file) {
    return file == null || !Files.exists(file) ? Map.of() : table(text(file).lines().toList());
  }

  static Map<String, Long> table(List<String> lines) {
    Map<String, Long> table = new LinkedHashMap<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      if (space > 0) {
        table.put(line.substring(0, space), Long.parseLong(line.substring(space + 1).strip()));
      }
    }
    return table;
  }

  static List<String> lines(@Nullable Path file) {
    return file == null || !Files.exists(file) ? List.of() : text(file).lines().toList();
  }
}
