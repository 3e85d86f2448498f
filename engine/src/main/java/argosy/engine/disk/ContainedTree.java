package argosy.engine.disk;

import static argosy.engine.linux.Libc.AT_SYMLINK_NOFOLLOW;
import static argosy.engine.linux.Libc.O_CLOEXEC;
import static argosy.engine.linux.Libc.O_CREAT;
import static argosy.engine.linux.Libc.O_DIRECTORY;
import static argosy.engine.linux.Libc.O_EXCL;
import static argosy.engine.linux.Libc.O_NOFOLLOW;
import static argosy.engine.linux.Libc.O_PATH;
import static argosy.engine.linux.Libc.O_WRONLY;
import static argosy.engine.linux.Libc.check;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.Openat2;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory that nothing done through it can leave. Every entry is made relative to its parent's
 * descriptor, which the kernel resolved inside the root ({@code RESOLVE_IN_ROOT}); its own name is
 * never followed. That holds too while somebody who lives in the root changes links and directories
 * under our hands. For one thread, which should be a platform thread: the calls are native.
 */
final class ContainedTree implements AutoCloseable {
  private static final int BUFFER = 128 * 1024;
  private static final int DIRECTORY_MODE = 0755;

  private final HeldFile held;
  private final int root;
  private final List<String> base;
  private final byte[] buffer = new byte[BUFFER];
  private List<String> openedPath = List.of();
  private int opened = -1;

  /** Opens an existing directory. */
  ContainedTree(Path directory) {
    this(HeldFile.directory(directory), List.of());
  }

  /**
   * Takes over a root; entries lie below {@code base} in it, whose links are followed inside the
   * root.
   */
  ContainedTree(HeldFile root, List<String> base) {
    this.held = root;
    this.root = root.fd();
    this.base = List.copyOf(base);
  }

  @Override
  public void close() {
    forget();
    held.close();
  }

  /** What is at a path, itself not followed. */
  Optional<FileStatus> status(EntryPath path) {
    return FileStatus.of(parent(path), name(path));
  }

  boolean exists(EntryPath path) {
    return status(path).isPresent();
  }

  boolean isDirectory(EntryPath path) {
    return status(path).filter(FileStatus::isDirectory).isPresent();
  }

  /** Removes an entry, with all below it. */
  void remove(EntryPath path) {
    byte[] name = path.name().getBytes(StandardCharsets.UTF_8);
    HeldRemoval.remove(parent(path), name);
    forget();
  }

  void directory(EntryPath path) {
    if (!path.isRoot()) {
      check("mkdir " + path, Libc.mkdirat(parent(path), path.name(), DIRECTORY_MODE));
    }
  }

  /** Writes a regular file from a stream to its end. */
  long file(EntryPath path, InputStream data) throws IOException {
    int fd =
        check(
            "create " + path,
            Libc.openat(
                parent(path),
                path.name(),
                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                0600));
    try {
      long size = 0;
      for (int read = data.read(buffer); read >= 0; read = data.read(buffer)) {
        write(fd, path, read);
        size += read;
      }
      return size;
    } finally {
      Libc.close(fd);
    }
  }

  private void write(int fd, EntryPath path, int length) {
    int done = (int) check("write " + path, Libc.write(fd, buffer, length));
    while (done < length) {
      byte[] rest = Arrays.copyOfRange(buffer, done, length);
      done += (int) check("write " + path, Libc.write(fd, rest, rest.length));
    }
  }

  void symbolicLink(EntryPath path, String target) {
    check("symlink " + path, Libc.symlinkat(target, parent(path), path.name()));
  }

  /** A second name for an entry that is there already, itself not followed. */
  void hardLink(EntryPath path, EntryPath target) {
    int from = openDirectory(below(target.parent()), false);
    try {
      check(
          "link " + path + " to " + target,
          Libc.linkat(from, target.name(), parent(path), path.name(), 0));
    } finally {
      Libc.close(from);
    }
  }

  /** {@code type}: one of the S_IF bits of a device or a pipe. */
  void node(EntryPath path, int type, int major, int minor) {
    check(
        "mknod " + path,
        Libc.mknodat(parent(path), path.name(), type | 0600, device(major, minor)));
  }

  /** Owner first: a change of owner clears set-uid. A symbolic link has no mode of its own. */
  void attributes(EntryPath path, int uid, int gid, int mode, boolean link) {
    try (var entry = open(path)) {
      check("chown " + path, Libc.fchownat(entry.fd(), "", uid, gid, Libc.AT_EMPTY_PATH));
      if (!link) {
        // by what is held: chmod by name would follow a link put there meanwhile
        check("chmod " + path, Libc.fchmodat(Libc.AT_FDCWD, entry.path(), mode, 0));
      }
    }
  }

  private HeldFile open(EntryPath path) {
    return new HeldFile(
        check(
            "open " + path,
            Libc.openat(parent(path), name(path), O_PATH | O_NOFOLLOW | O_CLOEXEC, 0)));
  }

  void extendedAttribute(EntryPath path, String name, byte[] value) {
    try (var entry = open(path)) {
      check(
          "setxattr " + name + " " + path,
          Libc.setxattr(entry.path(), name, value, value.length, 0));
    }
  }

  void modified(EntryPath path, Instant time) {
    long[] times = {time.getEpochSecond(), time.getNano(), time.getEpochSecond(), time.getNano()};
    check(
        "utimensat " + path, Libc.utimensat(parent(path), name(path), times, AT_SYMLINK_NOFOLLOW));
  }

  private static String name(EntryPath path) {
    return path.isRoot() ? "." : path.name();
  }

  private List<String> below(List<String> parts) {
    return Stream.concat(base.stream(), parts.stream()).toList();
  }

  /** The parent's descriptor; the last one is kept, because entries come directory by directory. */
  private int parent(EntryPath path) {
    List<String> wanted = below(path.isRoot() ? List.of() : path.parent());
    if (wanted.isEmpty()) {
      return root;
    }
    if (opened < 0 || !openedPath.equals(wanted)) {
      forget();
      opened = openDirectory(wanted, true);
      openedPath = List.copyOf(wanted);
    }
    return opened;
  }

  private void forget() {
    if (opened >= 0) {
      Libc.close(opened);
      opened = -1;
    }
  }

  private int openDirectory(List<String> parts, boolean make) {
    String path = parts.isEmpty() ? "." : String.join("/", parts);
    int fd = Openat2.inRoot(root, path, O_PATH | O_DIRECTORY, 0);
    if (fd >= 0) {
      return fd;
    }
    var failed = new SystemCallFailed("open /" + path, Libc.errno());
    if (!make && failed.is(SystemCallFailed.ENOENT)) {
      throw failed;
    }
    if (!failed.is(SystemCallFailed.ENOENT)) {
      throw new Refused(
          new Failure.Invalid("the archive names a directory that is none: " + failed.getMessage()),
          failed);
    }
    makeDirectories(parts);
    return check("open /" + path, Openat2.inRoot(root, path, O_PATH | O_DIRECTORY, 0));
  }

  /** Parents an archive does not name are made, as tar does. */
  private void makeDirectories(List<String> parts) {
    int parent = openDirectory(parts.subList(0, parts.size() - 1), true);
    try {
      if (Libc.mkdirat(parent, parts.getLast(), DIRECTORY_MODE) == -1) {
        var failed = new SystemCallFailed("mkdir /" + String.join("/", parts), Libc.errno());
        throw new Refused(
            new Failure.Invalid("the archive leads through a broken link: " + failed.getMessage()),
            failed);
      }
      Libc.fchmodat(parent, parts.getLast(), DIRECTORY_MODE, 0);
    } finally {
      Libc.close(parent);
    }
  }

  /** glibc's {@code makedev}. */
  private static long device(long major, long minor) {
    return (minor & 0xff)
        | ((major & 0xfff) << 8)
        | ((minor & ~0xffL) << 12)
        | ((major & ~0xfffL) << 32);
  }
}
