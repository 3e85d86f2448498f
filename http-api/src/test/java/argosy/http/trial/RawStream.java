package argosy.http.trial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A connection to the daemon that stops being HTTP: it reads when it is told to, not before. */
final class RawStream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SocketChannel channel;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private long bytes;

  private RawStream(SocketChannel channel) {
    this.channel = channel;
  }

  /** Sends the request and reads its answer's head. */
  static RawStream open(Daemon daemon, String method, String path, String headers, String body) {
    try {
      var socket = Path.of(daemon.socket().substring("unix://".length()));
      var stream = new RawStream(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
      stream.send(
          "%s %s HTTP/1.1\r\nHost: d\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(method, path, headers, body.length(), body));
      stream.until("\r\n\r\n");
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A hijack as the CLI asks for it. */
  static RawStream hijack(Daemon daemon, String path, String body) {
    return open(daemon, "POST", path, "Connection: Upgrade\r\nUpgrade: tcp\r\n", body);
  }

  RawStream send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawStream send(byte[] text) {
    try {
      var buffer = ByteBuffer.wrap(text);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawStream halfClose() {
    try {
      channel.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the text came; all that came up to now. */
  String until(String text) {
    return patiently(() -> {
      while (!said().contains(text)) {
        if (!read(true)) {
          throw new IOException("ended after <" + said() + ">");
        }
      }
      return said();
    });
  }

  /** Reads to the end; all that came. */
  String untilEnd() {
    return patiently(() -> {
      while (read(true)) {
        // goes on
      }
      return said();
    });
  }

  /** Reads to the end and keeps nothing; how many bytes came since the last reading. */
  long countUntilEnd() {
    return patiently(() -> {
      long before = bytes;
      while (read(false)) {
        // goes on
      }
      return bytes - before;
    });
  }

  private String said() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  private boolean read(boolean keep) throws IOException {
    var buffer = ByteBuffer.allocate(64 * 1024);
    int count = channel.read(buffer);
    bytes += Math.max(0, count);
    if (keep) {
      heard.write(buffer.array(), 0, Math.max(0, count));
    }
    return count >= 0;
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T patiently(Reading<T> reading) {
    var late =
        CompletableFuture.runAsync(
            this::close,
            CompletableFuture.delayedExecutor(
                PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS));
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException("after <" + said() + ">", e);
    } finally {
      late.cancel(false);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
