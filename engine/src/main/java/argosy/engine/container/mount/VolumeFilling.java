package argosy.engine.container.mount;

import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Fills an empty volume with what the image has where it is mounted, as Docker does. */
public final class VolumeFilling {
  private VolumeFilling() {}

  /** Does nothing when the volume holds something already, or the image has no directory there. */
  public static void fill(Path volume, Path root, String destination) {
    try (var source = InRoot.open(root, destination)) {
      Path from = source.path().toRealPath();
      if (Files.isDirectory(from) && isEmpty(volume)) {
        Files.walkFileTree(from, new Copying(from, volume));
      }
    } catch (SystemCallFailed e) {
      return; // the image has nothing there
    } catch (IOException e) {
      throw new UncheckedIOException(
          "can not copy the image's " + destination + " into its volume: " + e.getMessage(), e);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    }
  }

  private static final class Copying extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copying(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    private Path target(Path file) {
      return to.resolve(from.relativize(file).toString());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Path target = target(directory);
      if (target.equals(to)) {
        owned(directory, target);
      } else {
        copy(directory, target);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      copy(file, target(file));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      FileTime time = Files.getLastModifiedTime(directory);
      Files.setLastModifiedTime(target(directory), time);
      return FileVisitResult.CONTINUE;
    }

    private static void copy(Path file, Path target) throws IOException {
      Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }

    private static void owned(Path directory, Path target) throws IOException {
      for (String attribute : new String[] {"unix:uid", "unix:gid", "unix:mode"}) {
        Files.setAttribute(target, attribute, Files.getAttribute(directory, attribute));
      }
    }
  }
}
