package argosy.engine.container.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's log file and its older ones: {@code log}, {@code log.1} … , the newest first. */
public record LogFiles(Path current) {

  /** Where they lie. */
  Path directory() {
    return current.resolveSibling("").toAbsolutePath();
  }

  private Path older(int index) {
    return index == 0 ? current : current.resolveSibling(current.getFileName() + "." + index);
  }

  /**
   * Those that exist, oldest first; the current one last. While files are moved up one number is
   * missing, and a file may be met under its old and its new name.
   */
  public List<Path> chain() {
    var chain = new ArrayList<Path>();
    int missing = 0;
    for (int i = 0; missing < 2; i++) {
      boolean there = Files.exists(older(i));
      missing = there ? 0 : missing + 1;
      if (there) {
        chain.addFirst(older(i));
      }
    }
    return chain;
  }

  /** What identifies a file even when it is renamed; null when it is not there. */
  static @Nullable Object identity(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Of each, as {@link #identity}; null for those that are gone. */
  static List<@Nullable Object> identities(List<Path> files) throws IOException {
    var identities = new ArrayList<@Nullable Object>();
    for (Path file : files) {
      identities.add(identity(file));
    }
    return identities;
  }

  /** Before somebody writes on: a line that was torn off ends here, and is none with the next. */
  public void mend() throws IOException {
    try (var channel =
        FileChannel.open(current, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var last = ByteBuffer.allocate(1);
      long size = channel.size();
      if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
      }
    } catch (NoSuchFileException nothingWritten) {
      return;
    }
  }

  /** The next newer file than the one identified; the oldest when that is gone; null: none yet. */
  @Nullable Path after(Object identity) throws IOException {
    var chain = chain();
    for (int i = 0; i < chain.size(); i++) {
      if (identity.equals(identity(chain.get(i)))) {
        return i + 1 < chain.size() ? chain.get(i + 1) : null;
      }
    }
    return chain.isEmpty() ? null : chain.getFirst();
  }

  /**
   * Sets the current file aside once it is too long. {@code reopen} makes the writer start a new
   * one; until then it writes to the old, so no line is lost.
   */
  public boolean rotate(LogLimits limits, Runnable reopen) throws IOException {
    if (!Files.exists(current) || Files.size(current) < limits.maxSize()) {
      return false;
    }
    for (int i = lastAfter(limits); i >= 1; i--) {
      if (Files.exists(older(i - 1))) {
        Files.move(older(i - 1), older(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    reopen.run();
    if (limits.maxFiles() == 1) {
      Files.deleteIfExists(older(1));
    }
    return true;
  }

  /** The number of the oldest file when all have moved up by one. */
  private int lastAfter(LogLimits limits) {
    int last = 1;
    while (last < limits.maxFiles() - 1 && Files.exists(older(last))) {
      last++;
    }
    return last;
  }
}
