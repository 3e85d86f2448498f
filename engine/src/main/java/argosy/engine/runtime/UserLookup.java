package argosy.engine.runtime;

import static argosy.engine.linux.Libc.check;

import argosy.engine.linux.Libc;
import argosy.engine.linux.Openat2;
import argosy.engine.linux.SystemCallFailed;
import argosy.engine.oci.UserDatabase;
import argosy.engine.oci.UserIds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Who a user's name is inside a root file system. Its files are opened by the kernel as if it were
 * {@code /}, so a link in it can not make the daemon read a file of the host.
 */
public final class UserLookup {
  /** More than this is no user database but an attack on the daemon's memory. */
  private static final int LARGEST = 4 << 20;

  private UserLookup() {}

  /**
   * Looks up {@code user[:group]} and further groups; blocks for two small reads.
   *
   * @throws argosy.engine.failure.Refused with Docker's text for a name that is not there
   */
  public static UserIds find(Path rootfs, String user, List<String> groupAdd) {
    int root =
        check(
            "open " + rootfs,
            Libc.open(rootfs.toString(), Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_CLOEXEC, 0));
    try {
      return new UserDatabase(text(root, "etc/passwd"), text(root, "etc/group"))
          .find(user, groupAdd);
    } finally {
      Libc.close(root);
    }
  }

  /** "" for what is missing or can not be read, as Docker has it. */
  private static String text(int root, String path) {
    // non-blocking, or an image could hold the daemon up with a FIFO
    int fd = Openat2.inRoot(root, path, Libc.O_RDONLY | Libc.O_NONBLOCK, 0);
    if (fd == -1) {
      return "";
    }
    try {
      var text = new ByteArrayOutputStream();
      byte[] chunk = new byte[8192];
      long count = Libc.read(fd, chunk, chunk.length);
      while (count > 0 && text.size() < LARGEST) {
        text.write(chunk, 0, (int) count);
        count = Libc.read(fd, chunk, chunk.length);
      }
      return count < 0 && Libc.errno() == SystemCallFailed.EISDIR
          ? ""
          : text.toString(StandardCharsets.UTF_8);
    } finally {
      Libc.close(fd);
    }
  }
}
