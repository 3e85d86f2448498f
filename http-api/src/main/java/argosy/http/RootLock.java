package argosy.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
      FileLock lock = file.tryLock();
      if (lock != null) {
        return new RootLock(file);
      }
      file.close();
    } catch (IOException e) {
      throw new NotStarted("can not write the data root %s: %s".formatted(root, e.getMessage()), e);
    }
    throw new NotStarted("another daemon uses the data root " + root);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
