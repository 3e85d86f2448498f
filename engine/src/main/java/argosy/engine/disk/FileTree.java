package argosy.engine.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
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
   * Bytes of the files in it by each of their names, a symbolic link's being those of where it
   * leads, as in Docker; 0 when there is no such directory.
   */
  public static long bytes(Path root) {
    var sum = new AtomicLong();
    try {
      Files.walkFileTree(root, new Sum(sum));
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("can not measure " + root + ": " + e, e);
    }
    return sum.get();
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

  private static final class Sum extends Visitor {
    private final AtomicLong sum;

    Sum(AtomicLong sum) {
      this.sum = sum;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
        sum.addAndGet(attributes.size());
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
