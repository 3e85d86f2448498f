package argosy.engine.disk;

import static argosy.engine.linux.Libc.AT_EMPTY_PATH;
import static argosy.engine.linux.Libc.AT_SYMLINK_NOFOLLOW;

import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * What the kernel says about one file (statx(2)).
 *
 * @param mode type and permissions, as {@code st_mode}
 * @param size in bytes; a link's is its target's length
 * @param links how many names it has
 * @param major of the device it is, as {@code minor}
 * @param mount the id of the mount it was reached through
 */
public record FileStatus(
    int mode,
    int uid,
    int gid,
    long size,
    Instant modified,
    int links,
    Identity identity,
    int major,
    int minor,
    long mount) {
  public static final int TYPE = 0170000;
  public static final int SOCKET = 0140000;
  public static final int SYMBOLIC_LINK = 0120000;
  public static final int REGULAR = 0100000;
  public static final int BLOCK_DEVICE = 0060000;
  public static final int DIRECTORY = 0040000;
  public static final int CHARACTER_DEVICE = 0020000;
  public static final int PIPE = 0010000;

  private static final int BASIC_AND_MOUNT = 0x17ff;
  private static final int SIZE = 256;

  /** Two names with the same one are the same file. */
  public record Identity(int deviceMajor, int deviceMinor, long inode) {}

  /** Of an open file, one opened by {@code O_PATH} too. */
  public static FileStatus of(int fd) {
    byte[] status = new byte[SIZE];
    Libc.check("statx", Libc.statx(fd, "", AT_EMPTY_PATH, BASIC_AND_MOUNT, status));
    return parse(status);
  }

  /**
   * Of a directory's entry, not followed; empty when there is none. {@code name} ends with zero.
   */
  static Optional<FileStatus> of(int directory, byte[] name) {
    byte[] status = new byte[SIZE];
    if (Libc.statx(directory, name, AT_SYMLINK_NOFOLLOW, BASIC_AND_MOUNT, status) == 0) {
      return Optional.of(parse(status));
    }
    var failed = new SystemCallFailed("statx", Libc.errno());
    if (failed.is(SystemCallFailed.ENOENT)) {
      return Optional.empty();
    }
    throw failed;
  }

  private static FileStatus parse(byte[] status) {
    var in = ByteBuffer.wrap(status).order(ByteOrder.nativeOrder());
    return new FileStatus(
        Short.toUnsignedInt(in.getShort(28)),
        in.getInt(20),
        in.getInt(24),
        in.getLong(40),
        Instant.ofEpochSecond(in.getLong(112), in.getInt(120)),
        in.getInt(16),
        new Identity(in.getInt(136), in.getInt(140), in.getLong(32)),
        in.getInt(128),
        in.getInt(132),
        in.getLong(144));
  }

  public int type() {
    return mode & TYPE;
  }

  public boolean isDirectory() {
    return type() == DIRECTORY;
  }

  public boolean isSymbolicLink() {
    return type() == SYMBOLIC_LINK;
  }

  /** A device 0/0: overlayfs hides a lower file by it (kernel, overlayfs.rst). */
  public boolean isWhiteout() {
    return type() == CHARACTER_DEVICE && major == 0 && minor == 0;
  }
}
