package argosy.cli.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One socket to a daemon. One thread may read while another writes. */
final class Connection implements Closeable {
  private static final int LINE_LIMIT = 64 * 1024;
  private final SocketChannel channel;
  private final ByteBuffer received = ByteBuffer.allocate(32 * 1024).flip();
  private boolean ended;

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  static Connection open(Address address) throws Unreachable {
    try {
      return new Connection(address.connect());
    } catch (IOException e) {
      throw new Unreachable(address, e);
    }
  }

  void write(byte[] bytes) throws IOException {
    write(ByteBuffer.wrap(bytes));
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Whether the other side has said something, although it may listen no more. */
  boolean answers() {
    try {
      return fill();
    } catch (IOException silent) {
      return false;
    }
  }

  /** Up to a line feed, without it and a carriage return before it. */
  String line() throws IOException {
    var line = new ByteArrayOutputStream(64);
    for (int next = read(); next != '\n'; next = read()) {
      if (next < 0 || line.size() > LINE_LIMIT) {
        throw new EOFException("the daemon closed the connection in the middle of its answer");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private int read() throws IOException {
    return fill() ? received.get() & 0xff : -1;
  }

  private int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, received.remaining());
    received.get(into, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    if (received.hasRemaining()) {
      return true;
    }
    if (!ended) {
      received.clear();
      ended = channel.read(received) < 0;
      received.flip();
    }
    return received.hasRemaining();
  }

  /** The bytes that come, until the daemon closes its side. */
  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return Connection.this.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return Connection.this.read(into, offset, length);
      }
    };
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        Connection.this.write(new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Connection.this.write(ByteBuffer.wrap(bytes, offset, length));
      }
    };
  }

  /** Says that no more bytes go out; what comes in still comes. */
  void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
