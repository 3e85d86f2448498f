package argosy.engine.disk;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The times of directories, which are set last: making their entries changes them. */
final class DirectoryTimes {
  /** Some millions of directories; an archive that names more is after our memory. */
  private static final long MOST_BYTES = 128 << 20;

  private static final int EACH = 64;

  private final Map<EntryPath, Instant> times = new LinkedHashMap<>();
  private long bytes;

  void put(EntryPath path, Instant time) {
    if (times.put(path, time) == null) {
      bytes += EACH;
      for (String part : path.parts()) {
        bytes += EACH + part.length();
      }
    }
    if (bytes > MOST_BYTES) {
      throw new Refused(new Failure.Invalid("the archive has too many directories"));
    }
  }

  void apply(ContainedTree tree) {
    times.forEach((path, time) -> {
      if (path.isRoot() || tree.isDirectory(path)) {
        tree.modified(path, time);
      }
    });
  }
}
