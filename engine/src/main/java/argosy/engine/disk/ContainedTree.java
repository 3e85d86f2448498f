package argosy.engine.disk;

import static argosy.engine.linux.Libc.AT_SYMLINK_NOFOLLOW;
import static argosy.engine.linux.Libc.O_CLOEXEC;
import static argosy.engine.linux.Libc.O_CREAT;
import static argosy.engine.linux.Libc.O_EXCL;
import static argosy.engine.linux.Libc.O_NOFOLLOW;
import static argosy.engine.linux.Libc.O_PATH;
import static argosy.engine.linux.Libc.O_WRONLY;

import argosy.engine.archive.Octets;
import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A directory that nothing done through it can leave. Every entry is made relative to its parent's
 * descriptor, which the kernel resolved inside the root ({@link Parents}); its own name is never
 * followed. That holds too while somebody who lives in the root changes links and directories under
 * our hands. For one thread, which should be a platform thread: the calls are native.
 */
final class ContainedTree implements AutoCloseable {
  private static final int BUFFER = 128 * 1024;
  private static final int LONGEST_NAME = 4096;

  private final HeldFile held;
  private final Parents parents;
  private final Memory scratch = new Memory(BUFFER);
  private final Memory names = new Memory(2L * LONGEST_NAME);

  /** Opens an existing directory. */
  ContainedTree(Path directory) {
    this(HeldFile.directory(directory), List.of());
  }

  /**
   * Takes over a root; entries lie below {@code base} in it, whose links are followed inside the
   * root.
   *
   * @param base {@link Octets}
   */
  ContainedTree(HeldFile root, List<String> base) {
    this.held = root;
    this.parents = new Parents(root.fd(), base);
  }

  @Override
  public void close() {
    parents.forget();
    held.close();
    scratch.close();
    names.close();
  }

  /** What is at a path, itself not followed. */
  Optional<FileStatus> status(EntryPath path) {
    return FileStatus.of(parents.of(path), Octets.zeroEnded(name(path)));
  }

  boolean exists(EntryPath path) {
    return status(path).isPresent();
  }

  boolean isDirectory(EntryPath path) {
    return status(path).filter(FileStatus::isDirectory).isPresent();
  }

  /** Removes an entry, with all below it. */
  void remove(EntryPath path) {
    HeldRemoval.remove(parents.of(path), Octets.bytes(path.name()));
    parents.forget();
  }

  /** False when there is something of that name already; so do the others here. */
  boolean directory(EntryPath path, int mode) {
    return made("mkdir", path, Libc.mkdirat(parents.of(path), first(path.name()), mode));
  }

  /** An empty file, to be filled and closed; empty when there is something of that name already. */
  Optional<NewFile> file(EntryPath path, int mode) {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = Libc.openat(parents.of(path), first(path.name()), flags, mode);
    return made("create", path, fd)
        ? Optional.of(new NewFile(path, fd, scratch))
        : Optional.empty();
  }

  boolean symbolicLink(EntryPath path, String target) {
    int parent = parents.of(path);
    return made("symlink", path, Libc.symlinkat(second(target), parent, first(path.name())));
  }

  /** A second name for an entry that is there already, itself not followed. */
  boolean hardLink(EntryPath path, EntryPath target) {
    int from = parents.existing(target);
    try {
      int parent = parents.of(path);
      int result = Libc.linkat(from, second(target.name()), parent, first(path.name()), 0);
      return made("link " + target + " as", path, result);
    } finally {
      Libc.close(from);
    }
  }

  /** {@code type}: one of the S_IF bits of a device or a pipe. */
  boolean node(EntryPath path, int type, int major, int minor) {
    int parent = parents.of(path);
    return made(
        "mknod", path, Libc.mknodat(parent, first(path.name()), type | 0600, device(major, minor)));
  }

  /** The sentence is made when it is needed: there are many calls for each entry. */
  static void done(String call, EntryPath path, int result) {
    if (result == -1) {
      throw new SystemCallFailed(call + " " + path, Libc.errno());
    }
  }

  private static boolean made(String call, EntryPath path, int result) {
    if (result >= 0) {
      return true;
    }
    int errno = Libc.errno();
    if (errno == SystemCallFailed.EEXIST) {
      return false;
    }
    throw new SystemCallFailed(call + " " + path, errno);
  }

  void owner(EntryPath path, int uid, int gid) {
    int parent = parents.of(path);
    done("chown", path, Libc.fchownat(parent, first(name(path)), uid, gid, AT_SYMLINK_NOFOLLOW));
  }

  /** Not for a symbolic link, which has no mode of its own. */
  void mode(EntryPath path, int mode) {
    // by what is held: chmod by name would follow a link put there meanwhile
    try (var entry = open(path)) {
      done("chmod", path, Libc.fchmodat(Libc.AT_FDCWD, entry.path(), mode, 0));
    }
  }

  private HeldFile open(EntryPath path) {
    int flags = O_PATH | O_NOFOLLOW | O_CLOEXEC;
    int fd = Libc.openat(parents.of(path), first(name(path)), flags, 0);
    done("open", path, fd);
    return new HeldFile(fd);
  }

  void extendedAttribute(EntryPath path, String name, byte[] value) {
    extendedAttribute(path, name, value, AttributeLoss.REFUSED);
  }

  void extendedAttribute(EntryPath path, String name, byte[] value, AttributeLoss loss) {
    try (var entry = open(path)) {
      loss.judge(
          "setxattr " + name + " " + path,
          Libc.setxattr(entry.path(), name, value, value.length, 0));
    }
  }

  /** Of the directory an entry would be in, links on the way followed inside the root. */
  void parentAttribute(EntryPath path, String name, byte[] value) {
    String parent = "/proc/self/fd/" + parents.of(path);
    done("setxattr " + name, path, Libc.setxattr(parent, name, value, value.length, 0));
  }

  void modified(EntryPath path, Instant time) {
    int parent = parents.of(path);
    long times = Times.in(scratch, time);
    done("utimensat", path, Libc.utimensat(parent, first(name(path)), times, AT_SYMLINK_NOFOLLOW));
  }

  private static String name(EntryPath path) {
    return path.isRoot() ? "." : path.name();
  }

  private long first(String name) {
    return put(name, 0);
  }

  private long second(String name) {
    return put(name, LONGEST_NAME);
  }

  private long put(String name, int at) {
    byte[] bytes = Octets.zeroEnded(name);
    if (bytes.length > LONGEST_NAME) {
      throw new SystemCallFailed(
          "a name of " + name.length() + " bytes", SystemCallFailed.ENAMETOOLONG);
    }
    names.write(at, bytes, 0, bytes.length);
    return Pointer.nativeValue(names) + at;
  }

  /** glibc's {@code makedev}. */
  private static long device(long major, long minor) {
    return (minor & 0xff)
        | ((major & 0xfff) << 8)
        | ((minor & 0xffff_ff00L) << 12)
        | ((major & 0xffff_f000L) << 32);
  }
}
