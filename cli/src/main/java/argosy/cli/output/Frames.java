package argosy.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes a container's output apart: frames of an eight-byte header (which stream, three zeros, the
 * length big-endian) and as many bytes, as attach, exec and logs send them without a TTY.
 */
public final class Frames {
  private static final int HEADER = 8;

  private Frames() {}

  /** Copies until the stream ends, flushing after every frame. */
  public static void copy(InputStream from, OutputStream out, OutputStream err) throws IOException {
    byte[] header = new byte[HEADER];
    byte[] buffer = new byte[32 * 1024];
    while (from.readNBytes(header, 0, HEADER) == HEADER) {
      int length = java.nio.ByteBuffer.wrap(header).getInt(4);
      switch (header[0]) {
        case 0, 1 -> payload(from, out, length, buffer);
        case 2 -> payload(from, err, length, buffer);
        case 3 -> throw new IOException(text(from, length));
        default -> throw new IOException("the stream is not in frames: type " + header[0]);
      }
    }
  }

  private static void payload(InputStream from, OutputStream to, int length, byte[] buffer)
      throws IOException {
    int left = length;
    while (left > 0) {
      int count = from.read(buffer, 0, Math.min(left, buffer.length));
      if (count < 0) {
        break;
      }
      to.write(buffer, 0, count);
      left -= count;
    }
    OutputClosed.check(to);
  }

  private static String text(InputStream from, int length) throws IOException {
    return new String(from.readNBytes(length), StandardCharsets.UTF_8).strip();
  }

  /** Copies a TTY's output as it comes. */
  public static void copyRaw(InputStream from, OutputStream out) throws IOException {
    byte[] buffer = new byte[32 * 1024];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      out.write(buffer, 0, count);
      OutputClosed.check(out);
    }
  }
}
