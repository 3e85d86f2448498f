package argosy.engine.container.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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

  LineFile(Path path, long start) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.READ);
    Object key = LogFiles.identity(path);
    identity = key == null ? path : key;
    position = start;
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
