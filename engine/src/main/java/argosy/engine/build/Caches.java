package argosy.engine.build;

import argosy.engine.build.RunMount.Sharing;
import argosy.engine.disk.Digest;
import argosy.engine.disk.FileTree;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of {@code RUN --mount=type=cache}: they outlive builds and daemons, and go by
 * {@code docker builder prune}.
 */
public final class Caches {
  private static final Logger LOG = LoggerFactory.getLogger(Caches.class);

  private final Path directory;
  private final Map<Path, Integer> users = new HashMap<>();
  private final Map<Path, Boolean> alone = new HashMap<>();

  /** {@code directory}: where they lie; made when the first is. */
  public Caches(Path directory) {
    this.directory = directory;
  }

  /** A cache in use, until it is closed. */
  final class Lease implements AutoCloseable {
    private final Path path;

    private Lease(Path path) {
      this.path = path;
    }

    Path path() {
      return path;
    }

    @Override
    public void close() {
      release(path);
    }
  }

  /** Takes a cache; one that is locked is waited for, until this thread is interrupted. */
  Lease take(RunMount mount) {
    var hash = Sha256.start();
    byte[] id = mount.id().getBytes(StandardCharsets.UTF_8);
    hash.update(id, 0, id.length);
    String name = Digest.of(hash).hex();
    return new Lease(made(reserve(name, mount.sharing()), mount));
  }

  private synchronized Path reserve(String name, Sharing sharing) {
    Path path = directory.resolve(name);
    boolean waits = sharing == Sharing.LOCKED;
    if (sharing == Sharing.PRIVATE) {
      for (int i = 1; users.containsKey(path); i++) {
        path = directory.resolve(name + "-" + i);
      }
    }
    while (users.containsKey(path) && (waits || alone.containsKey(path))) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refused(new Failure.Unavailable("the build was cancelled"), e);
      }
    }
    users.merge(path, 1, Integer::sum);
    if (sharing != Sharing.SHARED) {
      alone.put(path, true);
    }
    return path;
  }

  /** The directory's own time is that of its last use. */
  private synchronized void release(Path path) {
    touch(path);
    alone.remove(path);
    users.computeIfPresent(path, (_, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  private static void touch(Path path) {
    try {
      if (Files.isDirectory(path)) {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
      }
    } catch (IOException e) {
      LOG.warn("the last use of a build's cache is not noted: {}", e.toString());
    }
  }

  private Path made(Path path, RunMount mount) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        Files.setAttribute(path, "unix:mode", mount.mode());
        Files.setAttribute(path, "unix:uid", mount.uid());
        Files.setAttribute(path, "unix:gid", mount.gid());
      }
      return path;
    } catch (IOException e) {
      release(path);
      throw new UncheckedIOException("can not make a build's cache: " + e.getMessage(), e);
    }
  }

  /**
   * What was removed.
   *
   * @param bytes what they held
   */
  public record Pruned(List<String> names, long bytes) {
    public Pruned {
      names = List.copyOf(names);
    }
  }

  /** All there are; blocks while they are measured. */
  List<BuildCache> all() {
    var all = new ArrayList<BuildCache>();
    for (Path path : directories()) {
      try {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        all.add(
            new BuildCache(
                path.getFileName().toString(),
                FileTree.bytes(path),
                attributes.creationTime().toInstant(),
                attributes.lastModifiedTime().toInstant(),
                isUsed(path)));
      } catch (NoSuchFileException pruned) {
        LOG.debug("{} went meanwhile", path);
      } catch (IOException e) {
        throw new UncheckedIOException("can not look at a build's cache: " + e.getMessage(), e);
      }
    }
    return all;
  }

  private List<Path> directories() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var all = Files.list(directory)) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can not list the builds' caches: " + e.getMessage(), e);
    }
  }

  private synchronized boolean isUsed(Path path) {
    return users.containsKey(path);
  }

  /** Removes those that an order names and that nobody has taken meanwhile. */
  Pruned prune(CachePrune order, Instant now) {
    var names = new ArrayList<String>();
    long bytes = 0;
    for (BuildCache cache : order.chosen(all(), free(), now)) {
      if (remove(directory.resolve(cache.id()))) {
        names.add(cache.id());
        bytes += cache.bytes();
      }
    }
    return new Pruned(names, bytes);
  }

  private synchronized boolean remove(Path path) {
    if (users.containsKey(path)) {
      return false;
    }
    FileTree.delete(path);
    return true;
  }

  private long free() {
    try {
      return Files.isDirectory(directory) ? Files.getFileStore(directory).getUsableSpace() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("can not ask for room on the disk: " + e.getMessage(), e);
    }
  }
}
