package argosy.engine.disk;

import argosy.engine.archive.Octets;
import argosy.engine.archive.TarEntry;
import argosy.engine.archive.TarEntry.Kind;
import argosy.engine.archive.TarWriter;
import argosy.engine.linux.SystemCallFailed;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes files, and directories with all they hold, as a tar. Every step is taken from a held
 * directory and follows no link, so that whoever changes the files meanwhile changes at most what
 * is written. What vanishes is left out; sockets are too, as in Docker. For one platform thread.
 */
public final class TreeArchive implements AutoCloseable {
  private static final byte[] NONE = {};
  private static final int PERMISSIONS = 07777;

  /** {@code PATH_MAX}: names longer than this could not be unpacked, and depth needs a bound. */
  private static final int LONGEST = 4096;

  /** proc, sysfs, cgroup, cgroup2, devpts, mqueue: the kernel's own faces, not files. */
  private static final Set<Long> KERNELS =
      Set.of(0x9fa0L, 0x62656572L, 0x27e0ebL, 0x63677270L, 0x1cd1L, 0x19800202L);

  private final OutputStream out;
  private final TarWriter tar;
  private final Selection selection;
  private final Map<FileStatus.Identity, byte[]> linked = new HashMap<>();
  private boolean whole = true;
  private long bytes;

  /** What a directory's entries become. */
  public interface Selection {
    /** Everything as it is. */
    Selection ALL = new Selection() {};

    /** Everything as it is, holes in files too, which Docker's archives do not have. */
    Selection WITH_HOLES =
        new Selection() {
          @Override
          public boolean keepsHoles() {
            return true;
          }
        };

    /** Whether a file's holes are written as such. */
    default boolean keepsHoles() {
      return false;
    }

    /** Whether an entry is left out; a directory's content is looked at nevertheless. */
    default boolean leavesOut(String name, FileStatus file) {
      return false;
    }

    /** Whether overlayfs's marks of deleted files are written as a layer's. */
    default boolean isLayer() {
      return false;
    }
  }

  /** Writes to {@code out}, which {@link #close} closes. */
  public TreeArchive(OutputStream out, Selection selection) {
    this.out = out;
    this.tar = new TarWriter(out);
    this.selection = selection;
  }

  /** Writes one file or directory under this name. */
  public void add(HeldFile file, String name) throws IOException {
    add(file, name.getBytes(StandardCharsets.UTF_8));
  }

  private void add(HeldFile file, byte[] name) throws IOException {
    FileStatus status = file.status();
    if (status.isDirectory()) {
      byte[] directory = name.length > 0 && name[name.length - 1] == '/' ? name : joined(name, "/");
      write(file, status, directory);
      content(file, status, directory);
    } else {
      write(file, status, name);
    }
  }

  /** Writes what a directory holds, itself not; {@code prefix} "" or with a slash at its end. */
  public void content(HeldFile directory, String prefix) throws IOException {
    content(directory, directory.status(), prefix.getBytes(StandardCharsets.UTF_8));
  }

  private void content(HeldFile directory, FileStatus status, byte[] prefix) throws IOException {
    for (byte[] name : directory.names()) {
      byte[] full = joined(prefix, name);
      if (full.length > LONGEST) {
        throw new IOException("the name is too long: " + text(full).substring(0, 200) + "…");
      }
      try (var entry = directory.entry(name)) {
        entry(entry, entry.status(), status, full);
      } catch (SystemCallFailed failed) {
        if (!failed.is(SystemCallFailed.ENOENT)) {
          throw failed;
        }
      }
    }
  }

  private void entry(HeldFile entry, FileStatus status, FileStatus parent, byte[] name)
      throws IOException {
    if (selection.isLayer() && status.isWhiteout()) {
      tar.header(mark(whiteout(name), status));
      return;
    }
    if (!status.isDirectory()) {
      write(entry, status, name);
      return;
    }
    byte[] directory = joined(name, "/");
    write(entry, status, directory);
    boolean crosses = status.mount() != parent.mount();
    if (!crosses || !KERNELS.contains(entry.fileSystem())) {
      content(entry, status, directory);
    }
  }

  private void write(HeldFile file, FileStatus status, byte[] name) throws IOException {
    if (status.type() == FileStatus.SOCKET || selection.leavesOut(text(name), status)) {
      whole = false;
      return;
    }
    if (status.links() > 1 && !status.isDirectory()) {
      byte[] first = linked.putIfAbsent(status.identity(), name);
      if (first != null) {
        tar.header(tarred(Kind.HARD_LINK, name, status, first, Map.of()));
        return;
      }
    }
    Map<String, byte[]> found = file.attributes();
    var kept = new HashMap<>(found);
    kept.keySet().removeIf(key -> !isKept(key));
    whole &= found.keySet().stream().allMatch(key -> isKept(key) || isLocal(key));
    switch (status.type()) {
      case FileStatus.DIRECTORY -> {
        tar.header(tarred(Kind.DIRECTORY, name, status, NONE, kept));
        if (selection.isLayer() && isOpaque(found)) {
          tar.header(mark(joined(name, ".wh..wh..opq"), status));
        }
      }
      case FileStatus.SYMBOLIC_LINK -> {
        byte[] target = file.target();
        bytes += target.length;
        tar.header(tarred(Kind.SYMBOLIC_LINK, name, status, target, kept));
      }
      case FileStatus.CHARACTER_DEVICE ->
          tar.header(tarred(Kind.CHARACTER_DEVICE, name, status, NONE, kept));
      case FileStatus.BLOCK_DEVICE ->
          tar.header(tarred(Kind.BLOCK_DEVICE, name, status, NONE, kept));
      case FileStatus.PIPE -> tar.header(tarred(Kind.PIPE, name, status, NONE, kept));
      default -> regular(file, status, name, kept);
    }
  }

  private void regular(HeldFile file, FileStatus status, byte[] name, Map<String, byte[]> kept)
      throws IOException {
    bytes += status.size();
    var entry = tarred(Kind.FILE, name, status, NONE, kept);
    if (selection.keepsHoles()) {
      var holes = Holes.data(file, status.size());
      if (holes.stored() < status.size()) {
        try (FileInputStream in = new FileInputStream(file.path())) {
          tar.sparse(entry, holes, in.getChannel());
        }
        return;
      }
    }
    tar.header(entry);
    if (status.size() > 0) {
      try (InputStream in = file.read()) {
        tar.content(in, status.size());
      }
    }
  }

  /** Those that mean the same on another host; overlayfs's own and SELinux's labels do not. */
  private static boolean isKept(String attribute) {
    return attribute.equals("security.capability")
        || attribute.startsWith("user.") && !attribute.startsWith("user.overlay.")
        || attribute.startsWith("trusted.") && !attribute.startsWith("trusted.overlay.");
  }

  /** Overlayfs's notes about where a file came from say nothing to another mount. */
  private static boolean isLocal(String attribute) {
    return attribute.equals("trusted.overlay.opaque")
        || attribute.equals("trusted.overlay.origin")
        || attribute.equals("trusted.overlay.impure")
        || attribute.equals("trusted.overlay.uuid")
        || attribute.equals("security.selinux");
  }

  /** False when something that was there is not in the archive. */
  public boolean isWhole() {
    return whole;
  }

  /** Bytes of the regular files written so far, and of where symbolic links lead. */
  public long bytes() {
    return bytes;
  }

  private static boolean isOpaque(Map<String, byte[]> attributes) {
    return Arrays.equals(attributes.get("trusted.overlay.opaque"), new byte[] {'y'});
  }

  private static TarEntry tarred(
      Kind kind, byte[] name, FileStatus status, byte[] link, Map<String, byte[]> attributes) {
    return new TarEntry(
        kind,
        Octets.of(name),
        Octets.of(link),
        kind == Kind.FILE ? status.size() : 0,
        status.mode() & PERMISSIONS,
        status.uid(),
        status.gid(),
        status.modified(),
        status.major(),
        status.minor(),
        attributes,
        null);
  }

  /** A whiteout is an empty file of root's. */
  private static TarEntry mark(byte[] name, FileStatus hidden) {
    return new TarEntry(
        Kind.FILE, Octets.of(name), "", 0, 0, 0, 0, hidden.modified(), 0, 0, Map.of(), null);
  }

  private static byte[] whiteout(byte[] name) {
    int slash = name.length - 1;
    while (slash >= 0 && name[slash] != '/') {
      slash--;
    }
    byte[] parent = Arrays.copyOf(name, slash + 1);
    return joined(joined(parent, ".wh."), Arrays.copyOfRange(name, slash + 1, name.length));
  }

  private static byte[] joined(byte[] one, String other) {
    return joined(one, other.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }

  /** Ends the archive. */
  public void finish() throws IOException {
    tar.finish();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
