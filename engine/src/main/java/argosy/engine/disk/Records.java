package argosy.engine.disk;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of record, a small JSON document for each id, at {@code ROOT/ID/NAME}. A write is a
 * temporary file, fsync, rename and fsync of the directory, so a crash leaves the old one or the
 * new one. A document that can not be read is set aside as {@code NAME.corrupt} with a log line.
 */
public final class Records<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Records.class);

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
      Path directory = Files.createDirectories(directory(id));
      Path fresh = directory.resolve(name + ".new");
      try (var channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(json.writeValueAsBytes(value));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        if (durable) {
          channel.force(true);
        }
      }
      Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      if (durable) {
        sync(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can not write the record of " + id + ": " + e, e);
    }
  }

  public Optional<T> get(String id) {
    return read(directory(id).resolve(name));
  }

  /** Removes the record and leaves the directory's other files alone; idempotent. */
  public void remove(String id) {
    try {
      Files.deleteIfExists(directory(id).resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("can not remove the record of " + id + ": " + e, e);
    }
  }

  /** Every readable record. */
  public List<T> all() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var directories = Files.newDirectoryStream(root)) {
      var found = new ArrayList<T>();
      for (Path directory : directories) {
        read(directory.resolve(name)).ifPresent(found::add);
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException("can not list the records in " + root + ": " + e, e);
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
    Path aside = file.resolveSibling(name + ".corrupt");
    LOG.error(
        "the record {} can not be read and is set aside as {}: {}", file, aside, why.toString());
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.error("can not set {} aside: {}", file, e.toString());
    }
  }

  private static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
