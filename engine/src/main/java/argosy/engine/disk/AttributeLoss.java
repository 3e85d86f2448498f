package argosy.engine.disk;

import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;

/** What becomes of an extended attribute that a file system does not take. */
enum AttributeLoss {
  /** It is an error. */
  REFUSED,
  /** It is lost where the file system knows of no such attributes, as in Docker. */
  BORNE;

  /** {@code result}: of the call that sets it, just made. */
  void judge(String call, int result) {
    if (result == -1) {
      var failed = new SystemCallFailed(call, Libc.errno());
      boolean unknown = failed.is(SystemCallFailed.EOPNOTSUPP) || failed.is(SystemCallFailed.EPERM);
      if (this == REFUSED || !unknown) {
        throw failed;
      }
    }
  }
}
