package argosy.engine.container;

import argosy.engine.disk.HeldFile;
import argosy.engine.disk.NativeCalls;
import argosy.engine.disk.RootFilesystems;
import argosy.engine.disk.RootFilesystems.Locations;
import argosy.engine.disk.TreeArchive;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** What a container changed, as a layer for an image. */
public final class WritableLayer {
  private WritableLayer() {}

  /** What of it is the container's own doing. */
  public static TreeArchive.Selection selection(Locations where) {
    return FileChanges.selection(where);
  }

  /**
   * Removes what was made only to mount something there, of a container that has ended; blocks.
   *
   * @param mounts absolute paths in the container
   */
  public static void tidy(Locations where, List<String> mounts) {
    NativeCalls.await(() -> {
      try (var upper = HeldFile.directory(where.upper())) {
        FileChanges.mountPoints(where).forEach(path -> discard(upper, where, path));
        mounts.forEach(path -> discard(upper, where, path));
        FileChanges.discardEtc(where);
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("can not tidy " + where.upper() + ": " + e.getMessage(), e);
      }
    });
  }

  /** An empty place and those above it that are empty then, unless an image has them. */
  private static void discard(HeldFile upper, Locations where, String path) {
    Path name = Path.of("/").relativize(Path.of(path).normalize());
    boolean empty = true;
    while (empty && name != null && !name.toString().isEmpty()) {
      Path parent = name.getParent();
      Path relative = name;
      if (where.lower().stream()
          .anyMatch(layer -> FileChanges.isBelow(layer, relative.toString()))) {
        return;
      }
      try (var held = upper.inside(parent == null ? "." : parent.toString())) {
        Path file = Path.of(held.path(), String.valueOf(name.getFileName()));
        empty =
            (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.size(file) == 0)
                && Files.deleteIfExists(file);
      } catch (DirectoryNotEmptyException | SystemCallFailed used) {
        return; // it holds something, or is not there
      } catch (IOException e) {
        throw new UncheckedIOException("can not remove " + path + ": " + e.getMessage(), e);
      }
      name = parent;
    }
  }

  /**
   * Writes it as a plain tar; blocks.
   *
   * @param layers the chain ids below it, lowest first
   */
  public static void write(
      RootFilesystems roots, String container, List<String> layers, OutputStream out) {
    var where = roots.locations(container, layers);
    NativeCalls.await(() -> {
      try {
        var tar = new TreeArchive(out, FileChanges.selection(where));
        if (Files.isDirectory(where.upper())) {
          try (var upper = HeldFile.directory(where.upper())) {
            tar.content(upper, "");
          }
        }
        tar.finish();
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("can not read what the container changed: " + e, e);
      }
    });
  }
}
