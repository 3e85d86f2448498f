package argosy.engine.container.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Where the last lines begin, found from the end without reading what comes before them. */
final class LogTail {
  private static final int BLOCK = 64 * 1024;

  private LogTail() {}

  /** A place in the chain of files. */
  record Place(Path file, long offset) {}

  /** {@code chain}: oldest first, not empty; {@code count} 0 is the end, below 0 the beginning. */
  static Place find(List<Path> chain, long count) throws IOException {
    if (count < 0) {
      return new Place(chain.getFirst(), 0);
    }
    long wanted = count;
    for (Path file : chain.reversed()) {
      var scan = new Scan(wanted);
      long offset = scan.run(file);
      if (scan.found) {
        return new Place(file, offset);
      }
      wanted -= scan.lines;
    }
    return new Place(chain.getFirst(), 0);
  }

  /** Walks one file's lines from the last to the first, until enough whole ones are behind it. */
  private static final class Scan {
    private final long wanted;
    private long lines;
    private boolean found;

    Scan(long wanted) {
      this.wanted = wanted;
    }

    long run(Path file) throws IOException {
      try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return run(channel);
      } catch (NoSuchFileException e) {
        return 0;
      }
    }

    private long run(FileChannel channel) throws IOException {
      long size = channel.size();
      long lineEnd = size;
      var block = ByteBuffer.allocate(BLOCK);
      for (long high = size; high > 0; ) {
        long low = Math.max(0, high - BLOCK);
        read(channel, block, low, (int) (high - low));
        for (int i = (int) (high - low) - 1; i >= 0; i--) {
          long at = low + i;
          if (block.get(i) == '\n' && at + 1 < size) {
            if (closes(channel, at + 1, lineEnd, size)) {
              return lineEnd;
            }
            lineEnd = at + 1;
          }
        }
        high = low;
      }
      return size > 0 && closes(channel, 0, lineEnd, size) ? lineEnd : 0;
    }

    /** Counts the line at {@code start}; true when it is the first one too many. */
    private boolean closes(FileChannel channel, long start, long end, long size)
        throws IOException {
      if (end == size || ends(channel, start, end)) {
        if (lines == wanted) {
          found = true;
          return true;
        }
        lines++;
      }
      return false;
    }

    private static boolean ends(FileChannel channel, long start, long end) throws IOException {
      var head = ByteBuffer.allocate((int) Math.min(64, end - start));
      read(channel, head, start, head.capacity());
      int spaces = 0;
      for (int i = 0; i < head.limit(); i++) {
        if (head.get(i) == ' ' && ++spaces == 2 && i + 1 < head.limit()) {
          return head.get(i + 1) == 'F';
        }
      }
      return true;
    }

    private static void read(FileChannel channel, ByteBuffer into, long at, int length)
        throws IOException {
      into.clear().limit(length);
      long position = at;
      while (into.hasRemaining()) {
        int read = channel.read(into, position);
        if (read < 0) {
          break;
        }
        position += read;
      }
      into.flip();
    }
  }
}
