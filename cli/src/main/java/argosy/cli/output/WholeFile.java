package argosy.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that gets all of a stream, or keeps what it held: half a tar under the name of a good one
 * would only be found out when it is needed.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Copies to the stream's end. What is no file on a disk, such as {@code /dev/null} or a pipe, is
   * written as it comes.
   *
   * @throws IOException when the stream breaks off or the file can not be written
   */
  public static void write(InputStream from, Path to) throws IOException {
    Path file = Files.exists(to) ? to.toRealPath() : to.toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("can not write " + to + ": there is no directory " + folder);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      try (var out = Files.newOutputStream(file)) {
        from.transferTo(out);
      }
      return;
    }
    Path part = Files.createTempFile(folder, ".argosy-", "");
    // when the user interrupts
    part.toFile().deleteOnExit();
    try {
      try (var out = Files.newOutputStream(part)) {
        from.transferTo(out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
