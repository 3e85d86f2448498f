package argosy.engine.disk;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.util.Arrays;

/**
 * Removes an entry with all below it, each by its name in a held directory, so that a link put in a
 * directory's place meanwhile is removed and not followed.
 */
final class HeldRemoval {
  /** Each level holds a descriptor. */
  private static final int DEEPEST = 2000;

  private HeldRemoval() {}

  /** What is gone already is no error. */
  static void remove(int directory, byte[] name) {
    remove(directory, name, 0);
  }

  private static void remove(int directory, byte[] name, int depth) {
    if (depth > DEEPEST) {
      throw new Refused(new Failure.Internal("the directories are nested too deeply to remove"));
    }
    byte[] path = Arrays.copyOf(name, name.length + 1);
    if (Libc.unlinkat(directory, path, 0) == 0) {
      return;
    }
    var failed = new SystemCallFailed("unlink", Libc.errno());
    if (failed.is(SystemCallFailed.EISDIR)) {
      removeDirectory(directory, path, depth);
    } else if (!failed.is(SystemCallFailed.ENOENT)) {
      throw failed;
    }
  }

  private static void removeDirectory(int directory, byte[] path, int depth) {
    int flags = Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
    try (var held =
        new HeldFile(Libc.check("open a directory", Libc.openat(directory, path, flags, 0)))) {
      for (byte[] entry : held.names()) {
        remove(held.fd(), entry, depth + 1);
      }
    }
    Libc.check("rmdir", Libc.unlinkat(directory, path, Libc.AT_REMOVEDIR));
  }
}
