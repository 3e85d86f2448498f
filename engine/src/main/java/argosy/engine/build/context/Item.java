package argosy.engine.build.context;

import argosy.engine.disk.FileStatus;
import argosy.engine.disk.HeldFile;

/**
 * Something to be copied.
 *
 * @param name its last name, or with {@code nested} its path below the destination
 * @param unpack whether it is an archive whose content is meant
 * @param nested whether it is copied with the directories above it
 */
public record Item(HeldFile file, String name, boolean unpack, boolean nested)
    implements AutoCloseable {
  public Item(HeldFile file, String name, boolean unpack) {
    this(file, name, unpack, false);
  }

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
