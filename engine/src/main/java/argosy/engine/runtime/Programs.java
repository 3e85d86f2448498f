package argosy.engine.runtime;

import argosy.engine.linux.SealedCopy;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtimes' programs as they are run: sealed copies. A runtime that is run from its file makes
 * such a copy of itself and runs that instead, at each start, so that no container can overwrite it
 * (CVE-2019-5736); one that finds itself sealed already does without. A program that was replaced
 * since, by an upgrade, is copied again.
 */
final class Programs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Path, Kept> kept = new HashMap<>();

  /** {@code older}: one more stays open, for it may have been named and not run yet. */
  private record Kept(Version version, @Nullable SealedCopy copy, @Nullable SealedCopy older) {}

  private record Version(FileTime modified, long size, @Nullable Object inode) {
    static Version of(Path file) throws IOException {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
  }

  /** What to run; the file itself where there can be no copy. */
  Path of(OciRuntime runtime) {
    Path file = runtime.path();
    lock.lock();
    try {
      Version version = Version.of(file);
      Kept known = kept.get(file);
      if (known == null || !known.version().equals(version)) {
        known = renewed(file, version, known);
        kept.put(file, known);
      }
      return known.copy() == null ? file : known.copy().path();
    } catch (IOException unreadable) {
      LOG.debug("{} is run as it is: {}", file, unreadable.toString());
      return file;
    } finally {
      lock.unlock();
    }
  }

  private static Kept renewed(Path file, Version version, @Nullable Kept known) throws IOException {
    if (known != null && known.older() != null) {
      known.older().close();
    }
    SealedCopy older = known == null ? null : known.copy();
    try {
      return new Kept(version, SealedCopy.of(file), older);
    } catch (SystemCallFailed impossible) {
      LOG.info("{} is run as it is: {}", file, impossible.getMessage());
      return new Kept(version, null, older);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      for (Kept one : kept.values()) {
        if (one.copy() != null) {
          one.copy().close();
        }
        if (one.older() != null) {
          one.older().close();
        }
      }
      kept.clear();
    } finally {
      lock.unlock();
    }
  }
}
