package argosy.engine.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** How old files are. */
final class Aged {
  private Aged() {}

  /** Whether it was written before some time; what is gone was not. */
  static boolean isBefore(Path path, Instant time) {
    try {
      return Files.getLastModifiedTime(path).toInstant().isBefore(time);
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("can not look at " + path + ": " + e, e);
    }
  }
}
