package argosy.engine.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whole directories; no link in them is followed. Every call blocks. */
public final class FileTree {
  private FileTree() {}

  /** Deletes a directory with all it holds; what is gone already is no error. */
  public static void delete(Path root) {
    try {
      Files.walkFileTree(root, new Deletion());
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("can not delete " + root + ": " + e, e);
    }
  }

  /**
   * Bytes of the files in it, as dockerd counts them: one with several names once, a hole as if it
   * were written, a symbolic link's being the length of its text, directories' none. 0 when there
   * is no such directory.
   */
  public static long bytes(Path root) {
    var sum = new Sum();
    try {
      Files.walkFileTree(root, sum);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("can not measure " + root + ": " + e, e);
    }
    return sum.bytes;
  }

  /** Blocks until the names in a directory are safe on disk. */
  public static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Something may vanish while we look: that is no error. */
  private static class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
      if (why instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw why;
    }
  }

  private static final class Deletion extends Visitor {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException why)
        throws IOException {
      if (why != null) {
        throw why;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }

  /** Remembers files with several names only, so that a large tree costs no memory. */
  private static final class Sum extends Visitor {
    private final Set<Object> linked = new HashSet<>();
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink() || attributes.isRegularFile() && isFirst(file, attributes)) {
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isFirst(Path file, BasicFileAttributes attributes) throws IOException {
      return names(file) < 2 || linked.add(attributes.fileKey());
    }

    /** 0 when somebody has removed it meanwhile. */
    private static int names(Path file) throws IOException {
      try {
        return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        return 0;
      }
    }
  }
}
