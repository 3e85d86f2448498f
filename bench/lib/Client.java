import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** HTTP/1.1 over a Unix socket, bare: one connection, opened at the first request. */
final class Client implements AutoCloseable {
  final Path path;
  private SocketChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocate(256 * 1024).flip();

  Client(Path path) {
    this.path = path;
  }

  String get(String target) throws IOException {
    return ask("GET", target, "");
  }

  String ask(String method, String target, String body) throws IOException {
    say(method, target, body);
    var answer = head();
    var text = new String(body(answer, true), StandardCharsets.UTF_8);
    if (answer.status >= 400) {
      throw new IllegalStateException(method + " " + target + ": " + text);
    }
    return text;
  }

  long drained(String method, String target, String body) throws IOException {
    say(method, target, body);
    var answer = head();
    counted = 0;
    body(answer, false);
    return counted;
  }

  /** To the end of a raw connection. */
  String raw(String target, String body) throws IOException {
    say("POST", target, body, "Connection: Upgrade\r\nUpgrade: tcp\r\n");
    head();
    var all = new StringBuilder();
    for (int c = read(); c >= 0; c = read()) {
      all.append((char) c);
    }
    return all.toString();
  }

  private long counted;

  void say(String method, String target, String body) throws IOException {
    say(method, target, body, "");
  }

  private void say(String method, String target, String body, String more) throws IOException {
    if (channel == null) {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
      buffer.clear().flip();
    }
    String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
    String length = method.equals("GET") ? "" : "Content-Length: " + body.length() + "\r\n";
    var bytes = (method + " /v1.41" + target + " HTTP/1.1\r\nHost: docker\r\n" + more + type + length + "\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    var out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private record Answer(int status, long length, boolean chunked, boolean closes) {}

  Answer head() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    long length = status == 204 || status == 304 ? 0 : -1;
    boolean chunked = false;
    boolean closes = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
      chunked |= lower.equals("transfer-encoding: chunked");
      closes |= lower.equals("connection: close");
    }
    return new Answer(status, length, chunked, closes);
  }

  private byte[] body(Answer answer, boolean kept) throws IOException {
    var all = new ByteArrayOutputStream();
    if (answer.chunked) {
      for (long size = size(); size > 0; size = size()) {
        take(size, kept ? all : null);
        line();
      }
      line();
    } else {
      take(answer.length < 0 ? Long.MAX_VALUE : answer.length, kept ? all : null);
    }
    if (answer.closes) {
      close();
    }
    return all.toByteArray();
  }

  /** One chunk of a stream. */
  void chunk() throws IOException {
    take(size(), null);
    line();
  }

  private long size() throws IOException {
    return Long.parseLong(line(), 16);
  }

  private void take(long count, ByteArrayOutputStream into) throws IOException {
    long left = count;
    while (left > 0 && fill()) {
      int part = (int) Math.min(left, buffer.remaining());
      if (into != null) {
        into.write(buffer.array(), buffer.position(), part);
      }
      buffer.position(buffer.position() + part);
      counted += part;
      left -= part;
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = read(); c != '\n'; c = read()) {
      if (c < 0) {
        throw new IOException("the daemon hung up");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private int read() throws IOException {
    return fill() ? buffer.get() & 0xff : -1;
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    int count = channel.read(buffer.clear());
    buffer.flip();
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
