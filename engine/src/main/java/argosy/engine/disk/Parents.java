package argosy.engine.disk;

import static argosy.engine.linux.Libc.O_DIRECTORY;
import static argosy.engine.linux.Libc.O_PATH;
import static argosy.engine.linux.Libc.check;

import argosy.engine.archive.Octets;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Libc;
import argosy.engine.linux.Openat2;
import argosy.engine.linux.SystemCallFailed;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directories of a tree by their descriptors, resolved by the kernel inside the root ({@code
 * RESOLVE_IN_ROOT}), made where an archive does not name them. The last one is kept, because
 * entries come directory by directory.
 */
final class Parents {
  private static final int DIRECTORY_MODE = 0755;

  private final int root;
  private final List<String> base;
  private List<String> openedPath = List.of();
  private int opened = -1;

  Parents(int root, List<String> base) {
    this.root = root;
    this.base = List.copyOf(base);
  }

  /** The directory an entry is in; the root's own is the root. Valid until the next call. */
  int of(EntryPath path) {
    List<String> wanted = path.isRoot() ? List.of() : path.parent();
    if (wanted.isEmpty() && base.isEmpty()) {
      return root;
    }
    if (opened < 0 || !openedPath.equals(wanted)) {
      forget();
      opened = open(below(wanted), true);
      openedPath = List.copyOf(wanted);
    }
    return opened;
  }

  /** The directory an entry is in, which has to be there; the caller closes it. */
  int existing(EntryPath path) {
    return open(below(path.parent()), false);
  }

  /** After something was removed or replaced. */
  void forget() {
    if (opened >= 0) {
      Libc.close(opened);
      opened = -1;
    }
  }

  private List<String> below(List<String> parts) {
    return base.isEmpty() ? parts : Stream.concat(base.stream(), parts.stream()).toList();
  }

  private int open(List<String> parts, boolean make) {
    String path = parts.isEmpty() ? "." : String.join("/", parts);
    int fd = Openat2.inRoot(root, Octets.bytes(path), O_PATH | O_DIRECTORY, 0);
    if (fd >= 0) {
      return fd;
    }
    var failed = new SystemCallFailed("open /" + shortened(path), Libc.errno());
    if (!make && failed.is(SystemCallFailed.ENOENT)) {
      throw failed;
    }
    if (!failed.is(SystemCallFailed.ENOENT)) {
      throw new Refused(
          new Failure.Invalid("the archive names a directory that is none: " + failed.getMessage()),
          failed);
    }
    make(parts);
    return check(
        "open /" + path, Openat2.inRoot(root, Octets.bytes(path), O_PATH | O_DIRECTORY, 0));
  }

  /** Parents an archive does not name are made, as tar does. */
  private void make(List<String> parts) {
    int parent = open(parts.subList(0, parts.size() - 1), true);
    try {
      byte[] name = Octets.zeroEnded(parts.getLast());
      if (Libc.mkdirat(parent, name, DIRECTORY_MODE) == -1) {
        var failed = new SystemCallFailed("mkdir /" + String.join("/", parts), Libc.errno());
        throw new Refused(
            new Failure.Invalid("the archive leads through a broken link: " + failed.getMessage()),
            failed);
      }
      Libc.fchmodat(parent, name, DIRECTORY_MODE, 0);
    } finally {
      Libc.close(parent);
    }
  }

  private static String shortened(String path) {
    String text = Octets.text(path);
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
