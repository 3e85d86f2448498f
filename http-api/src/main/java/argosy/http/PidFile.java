package argosy.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that tells others the daemon's process id, for as long as it runs. */
final class PidFile implements AutoCloseable {
  private final String path;

  private PidFile(String path) {
    this.path = path;
  }

  /** Writes it, unless the path is "". */
  static PidFile write(String path) {
    try {
      if (!path.isEmpty()) {
        Files.writeString(Path.of(path), ProcessHandle.current().pid() + "\n");
      }
      return new PidFile(path);
    } catch (IOException e) {
      throw new NotStarted("can not write the pid file %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!path.isEmpty()) {
      Files.deleteIfExists(Path.of(path));
    }
  }
}
