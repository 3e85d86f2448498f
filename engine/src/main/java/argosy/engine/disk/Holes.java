package argosy.engine.disk;

import argosy.engine.archive.SparseMap;
import argosy.engine.archive.SparseMap.Piece;
import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.util.ArrayList;
import java.util.List;

/** Where a file has data and where it has holes, as its file system tells (lseek(2)). */
final class Holes {
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  private Holes() {}

  /**
   * The data of a regular file; all of it in one piece where it has no hole, nothing at its end
   * where it ends with one, as GNU tar has it.
   */
  static SparseMap data(HeldFile file, long size) {
    int fd = Libc.check("open", Libc.open(file.path(), Libc.O_RDONLY | Libc.O_CLOEXEC, 0));
    try {
      var found = new ArrayList<Piece>();
      long at = 0;
      while (at < size) {
        long start = Libc.lseek(fd, at, SEEK_DATA);
        if (start == -1 && Libc.errno() != SystemCallFailed.ENXIO) {
          return new SparseMap(List.of(new Piece(0, size)), size);
        }
        if (start == -1 || start >= size) {
          found.add(new Piece(size, 0));
          break;
        }
        long end = Math.min(size, Libc.check("seek", Libc.lseek(fd, start, SEEK_HOLE)));
        found.add(new Piece(start, end - start));
        at = end;
      }
      return new SparseMap(found, size);
    } finally {
      Libc.close(fd);
    }
  }
}
