package argosy.engine.container.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one log file line by line, as far as it was written; later calls go on from there. */
final class LineFile implements AutoCloseable {
  private static final int BLOCK = 64 * 1024;

  private final FileChannel channel;
  private final Object identity;
  private byte[] buffer = new byte[BLOCK];
  private int from;
  private int to;
  private final StoredStamps stamps = new StoredStamps();
  private long position;

  private LineFile(FileChannel channel, Object identity, long start) {
    this.channel = channel;
    this.identity = identity;
    this.position = start;
  }

  /**
   * Opens what has that name now; empty when it had another before this was done, because the files
   * were moved up.
   */
  static Optional<LineFile> open(Path path, long start) throws IOException {
    Object before = LogFiles.identity(path);
    if (before == null) {
      return Optional.empty();
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException moved) {
      return Optional.empty();
    }
    if (before.equals(LogFiles.identity(path))) {
      return Optional.of(new LineFile(channel, before, start));
    }
    channel.close();
    return Optional.empty();
  }

  /** What identifies the file even when it is renamed. */
  Object identity() {
    return identity;
  }

  /** The next whole line, parsed; null at the end of what was written. */
  @Nullable StoredLine next() throws IOException {
    while (true) {
      int newline = find();
      if (newline >= 0) {
        var line = StoredLine.parse(stamps, buffer, from, newline);
        from = newline + 1;
        if (line != null) {
          return line;
        }
      } else if (!fill()) {
        return null;
      }
    }
  }

  /**
   * What stands behind the last newline, when nobody will write its end; null: nothing readable.
   */
  @Nullable StoredLine torn() {
    var line = StoredLine.parse(stamps, buffer, from, to);
    from = to;
    return line == null ? null : line.asPart();
  }

  private int find() {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = channel.read(ByteBuffer.wrap(buffer, to, buffer.length - to), position);
    if (read <= 0) {
      return false;
    }
    to += read;
    position += read;
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
