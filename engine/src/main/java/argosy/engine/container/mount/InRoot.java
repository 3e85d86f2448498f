package argosy.engine.container.mount;

import argosy.engine.linux.Libc;
import argosy.engine.linux.Openat2;
import java.nio.file.Path;

/**
 * A path inside a container's root file system, held open by the kernel: its links were followed as
 * if the root were {@code /}, so it can not lead outside.
 */
public final class InRoot implements AutoCloseable {
  private final int fd;

  private InRoot(int fd) {
    this.fd = fd;
  }

  /** Throws SystemCallFailed when it is not there. */
  public static InRoot open(Path root, String path) {
    int directory =
        Libc.check("open " + root, Libc.open(root.toString(), Libc.O_PATH | Libc.O_DIRECTORY, 0));
    try {
      return new InRoot(
          Libc.check("openat2 " + path, Openat2.inRoot(directory, path, Libc.O_PATH, 0)));
    } finally {
      Libc.close(directory);
    }
  }

  /** A name for it that works while it is open. */
  public Path path() {
    return Path.of("/proc/self/fd/" + fd);
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
