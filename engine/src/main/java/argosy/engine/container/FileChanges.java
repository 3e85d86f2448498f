package argosy.engine.container;

import argosy.engine.container.ContainerRequest.Changed;
import argosy.engine.container.ContainerRequest.Changed.Change;
import argosy.engine.disk.FileStatus;
import argosy.engine.disk.RootFilesystems.Locations;
import argosy.engine.disk.TreeArchive.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** {@code docker diff}: a container's writable layer held against the layers below; blocks. */
final class FileChanges {
  private static final int MODIFIED = 0;
  private static final int ADDED = 1;
  private static final int DELETED = 2;

  /** Where the engine and the runtime mount things: they are nobody's change. */
  private static final Set<String> OWN =
      Set.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/dev", "/proc", "/sys");

  private FileChanges() {}

  static Changed of(Locations where) {
    var changes = new ArrayList<Change>();
    if (!Files.isDirectory(where.upper())) {
      return new Changed(changes);
    }
    try {
      Files.walkFileTree(where.upper(), new Walk(where, changes));
    } catch (IOException e) {
      throw new UncheckedIOException("can not read what the container changed", e);
    }
    changes.sort(Comparator.comparing(Change::path));
    return new Changed(changes);
  }

  /** Where the engine mounts things in every container. */
  static Set<String> mountPoints(Locations where) {
    return where.lower().isEmpty() ? Set.of() : OWN;
  }

  /** Which of a writable layer's entries are the container's own doing, for a layer made of it. */
  static Selection selection(Locations where) {
    return new Selection() {
      @Override
      public boolean leavesOut(String name, FileStatus file) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        if (path.equals("etc") && isOnlyMountedInto(where, where.upper().resolve(path))) {
          return true;
        }
        boolean mountPoint = OWN.contains("/" + path) && (file.isDirectory() || file.size() == 0);
        return mountPoint
            && (file.isDirectory()
                || where.lower().stream().noneMatch(layer -> isBelow(layer, path)));
      }

      @Override
      public boolean isLayer() {
        return true;
      }
    };
  }

  private static String name(Locations where, Path file) {
    return "/" + where.upper().relativize(file);
  }

  /** The engine's own files needed a place in /etc, and nothing else of it changed. */
  private static boolean isOnlyMountedInto(Locations where, Path directory) {
    return name(where, directory).equals("/etc")
        && where.lower().stream()
            .map(layer -> layer.resolve("etc"))
            .filter(layer -> Files.isDirectory(layer, LinkOption.NOFOLLOW_LINKS))
            .findFirst()
            .map(below -> sameOwner(below, directory) && holdsOnlyOwn(where, directory))
            .orElse(false);
  }

  private static boolean sameOwner(Path one, Path other) {
    try {
      String what = "unix:mode,uid,gid";
      return Files.readAttributes(one, what).equals(Files.readAttributes(other, what));
    } catch (IOException e) {
      throw new UncheckedIOException("can not compare " + one + " and " + other, e);
    }
  }

  private static boolean holdsOnlyOwn(Locations where, Path directory) {
    try (var files = Files.list(directory)) {
      return files.allMatch(file -> OWN.contains(name(where, file)) && file.toFile().length() == 0);
    } catch (IOException e) {
      throw new UncheckedIOException("can not look into " + directory, e);
    }
  }

  /** Takes away an /etc that is there only because something was mounted in it. */
  static void discardEtc(Locations where) throws IOException {
    Path etc = where.upper().resolve("etc");
    if (Files.isDirectory(etc, LinkOption.NOFOLLOW_LINKS) && isOnlyMountedInto(where, etc)) {
      try (var left = Files.list(etc)) {
        if (left.findAny().isEmpty()) {
          Files.delete(etc);
        }
      }
    }
  }

  static boolean isBelow(Path layer, String path) {
    return Files.exists(layer.resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Locations where;
    private final List<Change> changes;

    Walk(Locations where, List<Change> changes) {
      this.where = where;
      this.changes = changes;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (!directory.equals(where.upper())) {
        note(directory, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isOther() && isWhiteout(file)) {
        changes.add(new Change(name(where, file), DELETED));
      } else {
        note(file, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isWhiteout(Path file) throws IOException {
      Object device = Files.getAttribute(file, "unix:rdev", LinkOption.NOFOLLOW_LINKS);
      return device instanceof Number number && number.longValue() == 0;
    }

    private void note(Path file, BasicFileAttributes attributes) {
      Path relative = where.upper().relativize(file);
      boolean below =
          where.lower().stream()
              .anyMatch(layer -> Files.exists(layer.resolve(relative), LinkOption.NOFOLLOW_LINKS));
      boolean own =
          OWN.contains(name(where, file)) && (attributes.isDirectory() || attributes.size() == 0);
      if (isOnlyMountedInto(where, file)) {
        return;
      }
      if (!own || below && !attributes.isDirectory()) {
        changes.add(new Change(name(where, file), below ? MODIFIED : ADDED));
      }
    }
  }
}
