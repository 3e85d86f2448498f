package argosy.engine.linux;

import java.util.function.Supplier;

/**
 * Work of one thread in other namespaces than the daemon's (namespaces(7)), and its way back. A
 * thread begins in the namespaces of the one that starts it, and pools start theirs out of whoever
 * gives them work or wakes somebody who waits: one that is started from abroad would do the
 * daemon's work there for good. So abroad nobody is told anything, no pool gets anything to do, and
 * the thread is back before its result is known.
 *
 * <p>For platform threads that are nobody else's: the thread has a working directory and a root of
 * its own afterwards.
 */
public final class Excursion {
  private static final String OWN = "/proc/thread-self/ns/";

  private Excursion() {}

  /** {@code work} may leave the daemon's mounts. */
  public static <T> T fromMounts(Supplier<T> work) {
    Libc.check("unshare", Libc.unshare(Libc.CLONE_FS)); // else nobody may come back to its mounts
    return from("mnt", Libc.CLONE_NEWNS, work);
  }

  /** {@code work} may leave the daemon's network. */
  public static <T> T fromNetwork(Supplier<T> work) {
    return from("net", Libc.CLONE_NEWNET, work);
  }

  /** A descriptor of the mounts this thread sees; it keeps them in place until it is closed. */
  public static int mounts() {
    return open("mnt");
  }

  private static <T> T from(String kind, int type, Supplier<T> work) {
    int home = open(kind);
    try {
      return work.get();
    } finally {
      int back = Libc.setns(home, type);
      int errno = back == -1 ? Libc.errno() : 0;
      Libc.close(home);
      if (errno != 0) {
        throw new IllegalStateException(
            "a thread is lost abroad", new SystemCallFailed("setns", errno));
      }
    }
  }

  private static int open(String kind) {
    return Libc.check("open a namespace", Libc.open(OWN + kind, Libc.O_RDONLY | Libc.O_CLOEXEC, 0));
  }
}
