package argosy.engine.disk;

import argosy.engine.linux.Libc;
import argosy.engine.linux.Openat2;
import argosy.engine.linux.SystemCallFailed;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file, of any type, held by {@code O_PATH}: whatever becomes of its name, this stays the same
 * file, and holding it has no effect on it. Names are bytes, because that is what they are. The
 * calls are native: for platform threads.
 */
public final class HeldFile implements AutoCloseable {
  private static final int BUFFER = 32 * 1024;
  private static final int LONGEST_LINK = 4096;
  private static final int FEW_ATTRIBUTES = 512;

  /** The kernel's own limit (xattr(7)), for the list and for a value. */
  private static final int MOST_ATTRIBUTES = 64 * 1024;

  private static final int NAME_AT = 19;
  private static final int LENGTH_AT = 16;

  private final int fd;

  /** Takes over a descriptor. */
  public HeldFile(int fd) {
    this.fd = fd;
  }

  /** A directory of this host. */
  public static HeldFile directory(Path path) {
    return new HeldFile(
        Libc.check(
            "open " + path,
            Libc.open(path.toString(), Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_CLOEXEC, 0)));
  }

  public int fd() {
    return fd;
  }

  public FileStatus status() {
    return FileStatus.of(fd);
  }

  /** The same, held once more. */
  public HeldFile again() {
    return new HeldFile(Libc.check("dup", Libc.fcntl(fd, Libc.F_DUPFD_CLOEXEC, 0)));
  }

  /** A name for it that works while it is held. */
  public String path() {
    return "/proc/self/fd/" + fd;
  }

  /** What lies at a path below, links followed as if this directory were {@code /}. */
  public HeldFile inside(String path) {
    return new HeldFile(Libc.check("open " + path, Openat2.inRoot(fd, path, Libc.O_PATH, 0)));
  }

  /** One entry of this directory, itself not followed. */
  public HeldFile entry(byte[] name) {
    int flags = Libc.O_PATH | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
    return new HeldFile(
        Libc.check(
            "open " + new String(name, StandardCharsets.UTF_8),
            Libc.openat(fd, Arrays.copyOf(name, name.length + 1), flags, 0)));
  }

  /** The names in this directory, sorted. */
  public List<byte[]> names() {
    int open =
        Libc.check(
            "open a directory",
            Libc.open(path(), Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_CLOEXEC, 0));
    try {
      var names = new ArrayList<byte[]>();
      byte[] buffer = new byte[BUFFER];
      long read = Libc.check("read a directory", Libc.getdents64(open, buffer, buffer.length));
      while (read > 0) {
        collect(buffer, (int) read, names);
        read = Libc.check("read a directory", Libc.getdents64(open, buffer, buffer.length));
      }
      names.sort(Arrays::compareUnsigned);
      return names;
    } finally {
      Libc.close(open);
    }
  }

  private static void collect(byte[] entries, int length, List<byte[]> names) {
    var in = ByteBuffer.wrap(entries).order(ByteOrder.nativeOrder());
    int at = 0;
    while (at < length) {
      int start = at + NAME_AT;
      int end = start;
      while (entries[end] != 0) {
        end++;
      }
      byte[] name = Arrays.copyOfRange(entries, start, end);
      if (!isDots(name)) {
        names.add(name);
      }
      at += Short.toUnsignedInt(in.getShort(at + LENGTH_AT));
    }
  }

  private static boolean isDots(byte[] name) {
    return name.length == 1 && name[0] == '.'
        || name.length == 2 && name[0] == '.' && name[1] == '.';
  }

  /** Where this link leads, as written. */
  public byte[] target() {
    byte[] target = new byte[LONGEST_LINK];
    int length = (int) Libc.check("readlink", Libc.readlinkat(fd, "", target, target.length));
    return Arrays.copyOf(target, length);
  }

  /** The kernel's present name for it, from this thread's root. */
  public String name() {
    byte[] name = new byte[LONGEST_LINK];
    long length =
        Libc.check("readlink " + path(), Libc.readlinkat(Libc.AT_FDCWD, path(), name, name.length));
    return new String(name, 0, (int) length, StandardCharsets.UTF_8);
  }

  /** Its content; only for a regular file, because opening others may have effects. */
  public InputStream read() throws IOException {
    return new FileInputStream(path());
  }

  /** Its extended attributes by name; none where the file system knows of none. */
  public Map<String, byte[]> attributes() {
    // a link's attributes are those of the held inode: the name in /proc leads no further
    byte[] list = new byte[FEW_ATTRIBUTES];
    long length = Libc.listxattr(path(), list, list.length);
    if (length == -1 && Libc.errno() == SystemCallFailed.ERANGE) {
      list = new byte[MOST_ATTRIBUTES];
      length = Libc.listxattr(path(), list, list.length);
    }
    if (length <= 0) {
      return Map.of();
    }
    var attributes = new TreeMap<String, byte[]>();
    for (String name : new String(list, 0, (int) length, StandardCharsets.UTF_8).split("\0")) {
      byte[] value = new byte[MOST_ATTRIBUTES];
      long size = name.isEmpty() ? -1 : Libc.getxattr(path(), name, value, value.length);
      if (size >= 0) {
        attributes.put(name, Arrays.copyOf(value, (int) size));
      }
    }
    return attributes;
  }

  /** The magic number of the file system it lies on (statfs(2)). */
  public long fileSystem() {
    byte[] status = new byte[120];
    Libc.check("fstatfs", Libc.fstatfs(fd, status));
    return ByteBuffer.wrap(status).order(ByteOrder.nativeOrder()).getLong(0);
  }

  /** Whether the mount or the file system it lies on is read-only. */
  public boolean isReadOnly() {
    return Libc.faccessat(Libc.AT_FDCWD, path(), Libc.W_OK, 0) == -1
        && Libc.errno() == SystemCallFailed.EROFS;
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
