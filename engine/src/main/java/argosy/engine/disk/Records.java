package argosy.engine.disk;

import argosy.engine.linux.FailPoint;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of record, a small JSON document for each id, at {@code ROOT/ID/NAME}. A write is a
 * temporary file, fsync, rename and fsync of the directory, so a crash leaves the old one or the
 * new one. A document that can not be read is set aside as {@code NAME.corrupt} with a log line.
 */
public final class Records<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Records.class);

  /** Tells our half-written files from those of a process that is gone. */
  private static final String OURS =
      "." + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + "-";

  private static final String NEW = ".new";
  private static final String CORRUPT = ".corrupt";
  private static final AtomicLong WRITES = new AtomicLong();

  private final Path root;
  private final String name;
  private final Class<T> type;
  private final ObjectMapper json = Json.mapper();

  /** {@code name}: the file's name in each id's directory, {@code record.json} for instance. */
  public Records(Path root, String name, Class<T> type) {
    this.root = root;
    this.name = name;
    this.type = type;
  }

  /** The directory that belongs to one id, where other files of it may lie too. */
  public Path directory(String id) {
    return root.resolve(id);
  }

  /** Blocks until the record is safe on disk. */
  public void put(String id, T value) {
    put(id, value, true);
  }

  /**
   * As {@link #put(String, Object)}; without {@code durable} nothing is synced: it outlives the
   * daemon, but maybe not the machine.
   */
  public void put(String id, T value, boolean durable) {
    try {
      FailPoint.before("make", directory(id));
      Path directory = Files.createDirectories(directory(id));
      Path fresh = directory.resolve(name + OURS + WRITES.incrementAndGet() + NEW);
      try {
        write(fresh, json.writeValueAsBytes(value), durable);
        FailPoint.before("rename", fresh);
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.deleteIfExists(fresh);
        throw e;
      }
      if (durable) {
        FailPoint.before("sync", directory);
        FileTree.sync(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not write the record of " + id + ": " + e, e);
    }
  }

  private static void write(Path fresh, byte[] text, boolean durable) throws IOException {
    FailPoint.before("open", fresh);
    try (var channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      FailPoint.before("write", fresh);
      var bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (durable) {
        channel.force(true);
      }
    }
  }

  public Optional<T> get(String id) {
    return read(directory(id).resolve(name));
  }

  /** Removes the record and leaves the directory's other files alone; idempotent. */
  public void remove(String id) {
    Path record = directory(id).resolve(name);
    FailPoint.before("remove", record);
    try {
      Files.deleteIfExists(record);
    } catch (IOException e) {
      throw new UncheckedIOException("can not remove the record of " + id + ": " + e, e);
    }
  }

  /** As {@link #remove}; the id's directory goes too when nothing else lies there. */
  public void removeWhole(String id) {
    remove(id);
    FailPoint.before("remove", directory(id));
    removeEmpty(directory(id));
  }

  /** Removes the directories in which nothing lies: a crash came before their record, or after. */
  public void sweep() {
    directories().forEach(Records::removeEmpty);
  }

  private static void removeEmpty(Path directory) {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("{} holds something else and stays", directory);
    } catch (IOException e) {
      throw new UncheckedIOException("can not remove " + directory + ": " + e, e);
    }
  }

  private List<Path> directories() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var all = Files.list(root)) {
      return all.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can not list the records in " + root + ": " + e, e);
    }
  }

  /** Every readable record; what a crash left half written is deleted. */
  public List<T> all() {
    var found = new ArrayList<T>();
    for (Path directory : directories()) {
      forgetHalfWritten(directory);
      read(directory.resolve(name)).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /** Ids whose record was set aside and that have no other. */
  public List<String> unreadable() {
    return directories().stream()
        .filter(directory ->
            Files.exists(directory.resolve(name + CORRUPT))
                && !Files.exists(directory.resolve(name)))
        .map(directory -> root.relativize(directory).toString())
        .toList();
  }

  /** Of every kind of record that lies there. */
  private static void forgetHalfWritten(Path directory) {
    try (var files = Files.newDirectoryStream(directory, "*" + NEW)) {
      for (Path file : files) {
        if (!file.getFileName().toString().contains(OURS)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not clear " + directory + ": " + e, e);
    }
  }

  private Optional<T> read(Path file) {
    try {
      return Optional.of(json.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      setAside(file, e);
      return Optional.empty();
    }
  }

  private void setAside(Path file, Exception why) {
    Path aside = file.resolveSibling(name + CORRUPT);
    LOG.error(
        "the record {} can not be read and is set aside as {}: {}", file, aside, why.toString());
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.error("can not set {} aside: {}", file, e.toString());
    }
  }
}
