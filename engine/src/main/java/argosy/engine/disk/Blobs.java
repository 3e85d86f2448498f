package argosy.engine.disk;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by their digest, at {@code ROOT/sha256/HEX}: written aside, checked, renamed into place, so
 * that what is there is whole and true. Every call blocks.
 */
public final class Blobs {
  private static final int BUFFER = 128 * 1024;

  private final Path content;
  private final Aside fresh;

  /** Makes the directories where they are missing and removes what a crash left half-written. */
  public Blobs(Path root) {
    this.content = root.resolve("sha256");
    try {
      this.fresh = new Aside(root.resolve("fresh"));
      Files.createDirectories(content);
    } catch (IOException e) {
      throw new UncheckedIOException("can not make " + root + ": " + e, e);
    }
  }

  /** What was stored. */
  public record Stored(Digest digest, long size) {}

  public boolean has(Digest digest) {
    return Files.exists(path(digest));
  }

  public Path path(Digest digest) {
    return content.resolve(digest.hex());
  }

  public InputStream open(Digest digest) {
    try {
      return Files.newInputStream(path(digest));
    } catch (IOException e) {
      throw new UncheckedIOException("the blob " + digest + " can not be read: " + e, e);
    }
  }

  public byte[] bytes(Digest digest) {
    try {
      return Files.readAllBytes(path(digest));
    } catch (IOException e) {
      throw new UncheckedIOException("the blob " + digest + " can not be read: " + e, e);
    }
  }

  public long size(Digest digest) {
    try {
      return Files.size(path(digest));
    } catch (IOException e) {
      throw new UncheckedIOException("the blob " + digest + " can not be read: " + e, e);
    }
  }

  public Stored put(byte[] bytes) {
    return put(new ByteArrayInputStream(bytes), null, _ -> {});
  }

  /**
   * Stores a stream to its end.
   *
   * @param expected the digest it must have, or null to take it as it comes
   * @param progress hears how many bytes there are so far
   * @throws Refused when the digest is another; then nothing is kept
   */
  public Stored put(InputStream in, @Nullable Digest expected, LongConsumer progress) {
    return put(in, expected, progress, _ -> {});
  }

  /** The same; {@code reader} is told of the blob before its first byte, to read along. */
  public Stored put(
      InputStream in, @Nullable Digest expected, LongConsumer progress, Consumer<Arriving> reader) {
    Path file = null;
    Arriving arriving = null;
    try {
      file = fresh.file("blob");
      arriving = new Arriving(file);
      reader.accept(arriving);
      var tally = new Tally(in, progress);
      copy(tally, file, arriving);
      Digest digest = tally.digest();
      if (expected != null && !expected.equals(digest)) {
        throw new Refused(
            new Failure.Invalid("filesystem layer verification failed for digest " + expected));
      }
      boolean known = has(digest);
      Files.move(file, path(digest), StandardCopyOption.ATOMIC_MOVE);
      arriving.end(known);
      return new Stored(digest, tally.count());
    } catch (IOException e) {
      throw new UncheckedIOException("can not store a blob: " + e.getMessage(), e);
    } finally {
      if (arriving != null) {
        arriving.fail();
      }
      discard(file);
    }
  }

  /** What comes in small pieces is written in larger ones, but nothing waits for more to come. */
  private static void copy(InputStream in, Path file, Arriving arriving) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (var out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int filled = read;
        while (read > 0 && filled < BUFFER && in.available() > 0) {
          read = in.read(buffer, filled, BUFFER - filled);
          filled += Math.max(0, read);
        }
        out.write(buffer, 0, filled);
        arriving.more(filled);
      }
    }
  }

  /** Writes a blob's bytes. */
  @FunctionalInterface
  public interface Filling {
    void into(OutputStream out) throws IOException;
  }

  /** Stores what somebody writes. */
  public Stored write(Filling filling) {
    Path file = null;
    try {
      file = fresh.file("blob");
      var tally = new TallyOutput(Files.newOutputStream(file));
      try (var out = new BufferedOutputStream(tally, BUFFER)) {
        filling.into(out);
      }
      Digest digest = tally.digest();
      Files.move(file, path(digest), StandardCopyOption.ATOMIC_MOVE);
      return new Stored(digest, tally.count());
    } catch (IOException e) {
      throw new UncheckedIOException("can not store a blob: " + e.getMessage(), e);
    } finally {
      discard(file);
    }
  }

  /** Idempotent. */
  public void remove(Digest digest) {
    try {
      Files.deleteIfExists(path(digest));
    } catch (IOException e) {
      throw new UncheckedIOException("can not remove the blob " + digest + ": " + e, e);
    }
  }

  public List<Digest> all() {
    try (var files = Files.newDirectoryStream(content)) {
      var found = new ArrayList<Digest>();
      for (Path file : files) {
        found.add(new Digest(file.getFileName().toString()));
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException("can not list the blobs: " + e, e);
    }
  }

  /** Those that were written before some time. */
  public Set<Digest> before(Instant time) {
    return all().stream()
        .filter(blob -> Aged.isBefore(path(blob), time))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Deletes what is half written and nobody writes on; how many files. */
  public int sweep() {
    return fresh.sweep();
  }

  private void discard(@Nullable Path file) {
    if (file != null) {
      fresh.discard(file);
    }
  }
}
