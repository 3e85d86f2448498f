package argosy.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A data root belongs to one daemon at a time. The kernel lets the lock go when the daemon dies, so
 * nothing stale is ever left.
 */
final class RootLock implements AutoCloseable {
  private final FileChannel file;

  private RootLock(FileChannel file) {
    this.file = file;
  }

  static RootLock take(Path root) {
    try {
      Files.createDirectories(root);
      var path = root.resolve("argosyd.lock");
      var file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      if (taken(file)) {
        file.close();
      } else {
        return new RootLock(file);
      }
    } catch (IOException e) {
      throw new NotStarted("can not write the data root %s: %s".formatted(root, e.getMessage()), e);
    }
    throw new NotStarted("another daemon uses the data root " + root);
  }

  private static boolean taken(FileChannel file) throws IOException {
    try {
      return file.tryLock() == null;
    } catch (OverlappingFileLockException _) {
      // by another daemon in this very process, as tests have
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
