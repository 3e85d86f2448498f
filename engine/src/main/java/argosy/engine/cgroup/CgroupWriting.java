package argosy.engine.cgroup;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes settings into a control group: all of them, or none. */
final class CgroupWriting {
  private static final Logger LOG = LoggerFactory.getLogger(CgroupWriting.class);

  private record Written(Path file, String before) {}

  private CgroupWriting() {}

  /**
   * Blocks; what was written already is put back when one is not taken.
   *
   * @param directories of a controller, null when there is none
   * @throws Refused with the kernel's reason
   */
  static void all(List<Setting> settings, Function<String, @Nullable Path> directories) {
    Deque<Written> written = new ArrayDeque<>();
    for (Setting setting : settings) {
      Path directory = directories.apply(setting.controller());
      Path file = directory == null ? null : directory.resolve(setting.file());
      if (file != null && Files.exists(file)) {
        try {
          String before = CgroupFile.text(file);
          CgroupFile.write(file, setting.value());
          written.push(new Written(file, before));
        } catch (UncheckedIOException refused) {
          back(written);
          throw failed(setting, refused);
        }
      } else if (!setting.optional()) {
        back(written);
        throw new Refused(
            new Failure.Internal("this host's control groups have no " + setting.file()));
      }
    }
  }

  private static Refused failed(Setting setting, UncheckedIOException refused) {
    IOException cause = refused.getCause();
    String reason = cause == null ? refused.toString() : String.valueOf(cause.getMessage());
    return new Refused(
        new Failure.Internal(
            "failed to write \"%s\" to %s: %s".formatted(setting.value(), setting.file(), reason)),
        refused);
  }

  private static void back(Deque<Written> written) {
    for (Written each : written) {
      try {
        CgroupFile.write(each.file(), each.before());
      } catch (UncheckedIOException stays) {
        LOG.warn(
            "{} could not be put back to {}: {}", each.file(), each.before(), stays.toString());
      }
    }
  }
}
