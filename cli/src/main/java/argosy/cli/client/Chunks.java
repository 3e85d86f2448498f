package argosy.cli.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of a request in chunks (RFC 9112, section 7.1). A daemon that stops listening has
 * answered already: what it did not want is dropped, and its answer says why.
 */
final class Chunks extends OutputStream {
  private static final int SIZE = 64 * 1024;

  private final Connection connection;
  private final byte[] buffer = new byte[SIZE];
  private int filled;
  private boolean deaf;

  Chunks(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = Math.min(SIZE - filled, length - done);
      System.arraycopy(bytes, offset + done, buffer, filled, count);
      filled += count;
      done += count;
      if (filled == SIZE) {
        chunk();
      }
    }
  }

  private void chunk() throws IOException {
    if (filled > 0) {
      send(Integer.toHexString(filled) + "\r\n");
      send(java.util.Arrays.copyOf(buffer, filled));
      send("\r\n");
      filled = 0;
    }
  }

  private void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void send(byte[] bytes) throws IOException {
    if (deaf) {
      return;
    }
    try {
      connection.write(bytes);
    } catch (IOException stopped) {
      if (!connection.answers()) {
        throw stopped;
      }
      deaf = true;
    }
  }

  @Override
  public void close() throws IOException {
    chunk();
    send("0\r\n\r\n");
  }
}
