package argosy.engine.build.context;

import argosy.engine.disk.FileStatus;
import argosy.engine.disk.HeldFile;

/**
 * Something to be copied.
 *
 * @param name its last name
 * @param unpack whether it is an archive whose content is meant
 */
public record Item(HeldFile file, String name, boolean unpack) implements AutoCloseable {
  public boolean isDirectory() {
    return file.status().isDirectory();
  }

  /** What it is, the kind and the permissions. */
  public FileStatus status() {
    return file.status();
  }

  @Override
  public void close() {
    file.close();
  }
}
