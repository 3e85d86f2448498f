package argosy.engine.runtime;

import argosy.engine.linux.Libc;
import java.util.LinkedHashSet;
import java.util.Set;

/** Descriptors that are open only while something is being set up, on every way out of it. */
final class Descriptors implements AutoCloseable {
  private final Set<Integer> open = new LinkedHashSet<>();

  /** Takes the result of an opening call. */
  int add(int fd) {
    Libc.check("open", fd);
    open.add(fd);
    return fd;
  }

  /** The reading end and the writing end. */
  int[] pipe() {
    int[] ends = new int[2];
    Libc.check("pipe2", Libc.pipe2(ends, Libc.O_CLOEXEC));
    open.add(ends[0]);
    open.add(ends[1]);
    return ends;
  }

  /** Somebody else closes it. */
  int handOver(int fd) {
    open.remove(fd);
    return fd;
  }

  void close(int fd) {
    if (open.remove(fd)) {
      Libc.close(fd);
    }
  }

  @Override
  public void close() {
    open.forEach(Libc::close);
    open.clear();
  }
}
