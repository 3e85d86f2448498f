package argosy.engine.archive;

import static argosy.engine.archive.TarHeader.BLOCK;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a tar as they stream by: blocks that are headers, and between them one entry's
 * content at a time with the padding behind it. An end in the middle of anything is an {@link
 * EOFException}. For one thread.
 */
final class TarBlocks {
  private static final int BUFFER = 128 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  /** Bytes of the present entry that are not read yet, and of the padding behind it. */
  private long left;

  private int padding;

  TarBlocks(InputStream in) {
    this.in = in;
  }

  /** Goes on with an entry of that many bytes. */
  void begin(long size) throws IOException {
    if (size < 0 || size > Long.MAX_VALUE - BLOCK) {
      throw new IOException(
          "archive/tar: invalid tar header: it has an entry of a size that can not be");
    }
    left = size;
    padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
  }

  /** Bytes of the present entry that are not read yet. */
  long left() {
    return left;
  }

  /** The first of them, which stays there; -1 where there is none. */
  int peek() throws IOException {
    if (left == 0) {
      return -1;
    }
    fill();
    return buffer[at] & 0xff;
  }

  /** As many of them as are at hand, one at least while there are any. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    fill();
    int taken = (int) Math.min(Math.min(length, left), end - at);
    System.arraycopy(buffer, at, bytes, offset, taken);
    at += taken;
    left -= taken;
    return taken;
  }

  /** Fills all of {@code bytes} with them; there must be as many. */
  void readFully(byte[] bytes) throws IOException {
    for (int done = 0; done < bytes.length; ) {
      done += read(bytes, done, bytes.length - done);
    }
  }

  /** Writes {@code length} of them. */
  void copy(long length, TarReader.Sink sink) throws IOException {
    for (long rest = length; rest > 0; ) {
      fill();
      int taken = (int) Math.min(rest, end - at);
      sink.write(buffer, at, taken);
      at += taken;
      left -= taken;
      rest -= taken;
    }
  }

  /** Passes over the rest of the present entry and its padding. */
  void skip() throws IOException {
    for (long rest = left + padding; rest > 0; ) {
      fill();
      int taken = (int) Math.min(rest, end - at);
      at += taken;
      rest -= taken;
    }
    left = 0;
    padding = 0;
  }

  /** A block that belongs to no entry. */
  byte[] block() throws IOException {
    byte[] block = blockOrEnd();
    if (block == null) {
      throw new EOFException("unexpected EOF");
    }
    return block;
  }

  /** As {@link #block}; null when there is nothing more. */
  byte @Nullable [] blockOrEnd() throws IOException {
    byte[] block = new byte[BLOCK];
    for (int done = 0; done < BLOCK; ) {
      if (at == end && !more()) {
        if (done == 0) {
          return null;
        }
        throw new EOFException("unexpected EOF");
      }
      int taken = Math.min(BLOCK - done, end - at);
      System.arraycopy(buffer, at, block, done, taken);
      at += taken;
      done += taken;
    }
    return block;
  }

  private void fill() throws IOException {
    if (at == end && !more()) {
      throw new EOFException("unexpected EOF");
    }
  }

  private boolean more() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(0, read);
    return read > 0;
  }
}
