package argosy.engine.disk;

import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.util.ArrayList;
import java.util.List;

/** Where a file has data and where it has holes, as its file system tells (lseek(2)). */
final class Holes {
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  private Holes() {}

  /** Bytes with data, from an offset on. */
  record Data(long offset, long length) {}

  /**
   * The data of a regular file; all of it in one piece where it has no hole, nothing at its end
   * where it ends with one, as GNU tar has it.
   */
  static List<Data> data(HeldFile file, long size) {
    int fd = Libc.check("open", Libc.open(file.path(), Libc.O_RDONLY | Libc.O_CLOEXEC, 0));
    try {
      var found = new ArrayList<Data>();
      long at = 0;
      while (at < size) {
        long start = Libc.lseek(fd, at, SEEK_DATA);
        if (start == -1 && Libc.errno() != SystemCallFailed.ENXIO) {
          return List.of(new Data(0, size));
        }
        if (start == -1 || start >= size) {
          found.add(new Data(size, 0));
          break;
        }
        long end = Math.min(size, Libc.check("seek", Libc.lseek(fd, start, SEEK_HOLE)));
        found.add(new Data(start, end - start));
        at = end;
      }
      return List.copyOf(found);
    } finally {
      Libc.close(fd);
    }
  }
}
