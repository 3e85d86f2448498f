package argosy.engine.container.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** Those that exist, oldest first; the current one last. */
  public List<Path> chain() {
    var chain = new ArrayList<Path>();
    for (int i = 0; i == 0 || Files.exists(older(i)); i++) {
      if (Files.exists(older(i))) {
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
