package argosy.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * The bodies of HTTP/1.1 answers, as streams that end where the body ends (RFC 9112, section 6).
 */
final class Body {
  private Body() {}

  static InputStream of(Connection connection, Head head) {
    if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
      return InputStream.nullInputStream();
    }
    if (head.header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
      return new Chunked(connection);
    }
    String length = head.header("content-length");
    return length.isEmpty()
        ? connection.input()
        : new Measured(connection.input(), Long.parseLong(length.strip()));
  }

  private abstract static class Bounded extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    static int some(InputStream from, byte[] into, int offset, int length) throws IOException {
      int count = from.read(into, offset, length);
      if (count < 0) {
        throw new EOFException("the daemon closed the connection in the middle of its answer");
      }
      return count;
    }
  }

  private static final class Measured extends Bounded {
    private final InputStream from;
    private long left;

    Measured(InputStream from, long length) {
      this.from = from;
      this.left = length;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = some(from, into, offset, (int) Math.min(length, left));
      left -= count;
      return count;
    }
  }

  private static final class Chunked extends Bounded {
    private final Connection connection;
    private final InputStream from;
    private long left;
    private boolean first = true;
    private boolean ended;

    Chunked(Connection connection) {
      this.connection = connection;
      this.from = connection.input();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 && !ended) {
        nextChunk();
      }
      if (ended) {
        return -1;
      }
      int count = some(from, into, offset, (int) Math.min(length, left));
      left -= count;
      return count;
    }

    private void nextChunk() throws IOException {
      if (!first) {
        connection.line();
      }
      first = false;
      String size = connection.line();
      int extension = size.indexOf(';');
      try {
        left = Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
      } catch (NumberFormatException e) {
        throw new IOException("the daemon's answer is not HTTP: chunk size \"" + size + "\"", e);
      }
      ended = left == 0;
      while (ended && !connection.line().isEmpty()) {
        // trailers are of no use here
      }
    }
  }
}
