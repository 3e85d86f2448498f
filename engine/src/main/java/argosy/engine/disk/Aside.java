package argosy.engine.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory for what is half made or waits to be deleted. It knows what somebody works on; the
 * rest is left over from a mishap and may go at any time. Every call blocks.
 */
final class Aside {
  private final Path root;
  private final Set<Path> claimed = ConcurrentHashMap.newKeySet();

  /** Makes it, and removes what a crash left in it. */
  Aside(Path root) throws IOException {
    this.root = root;
    FileTree.delete(root);
    Files.createDirectories(root);
  }

  /** A new empty file; whoever asked gives it back. */
  Path file(String prefix) throws IOException {
    return claim(root.resolve(name(prefix)), true);
  }

  /** A new empty directory; whoever asked gives it back. */
  Path directory(String prefix) throws IOException {
    return claim(root.resolve(name(prefix)), false);
  }

  /** A place that is not there yet, for something to be moved to. */
  Path place(String prefix) {
    Path place = root.resolve(name(prefix));
    claimed.add(place);
    return place;
  }

  private static String name(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  /** Claimed before it is there, so that no sweep comes in between. */
  private Path claim(Path path, boolean file) throws IOException {
    claimed.add(path);
    try {
      return file
          ? Files.createFile(path, permissions("rw-------"))
          : Files.createDirectory(path, permissions("rwx------"));
    } catch (IOException e) {
      claimed.remove(path);
      throw e;
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /** It has been moved where it belongs, or never came. */
  void release(Path path) {
    claimed.remove(path);
  }

  /** Deletes it, whatever there is of it. */
  void discard(Path path) {
    try {
      FileTree.delete(path);
    } finally {
      claimed.remove(path);
    }
  }

  /** Deletes what nobody works on; how many things that were. */
  int sweep() {
    var left = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(root, path -> !claimed.contains(path))) {
      files.forEach(left::add);
    } catch (IOException e) {
      throw new UncheckedIOException("can not list " + root + ": " + e, e);
    }
    List.copyOf(left).forEach(FileTree::delete);
    return left.size();
  }
}
