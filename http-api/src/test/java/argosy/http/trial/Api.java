package argosy.http.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The Docker API over a daemon's socket, one connection a call: much faster than a CLI. */
record Api(Path socket) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ScheduledExecutorService LATE =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  /** A whole answer; {@code body} without chunk sizes. */
  record Answer(int status, String body) {
    boolean succeeded() {
      return status >= 200 && status < 300;
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(status + ": " + body, e);
      }
    }

    /** Of a refusal. */
    String message() {
      return json().path("message").asText();
    }

    /** This answer, which must be a success. */
    Answer ok() {
      if (!succeeded()) {
        throw new AssertionError(status + ": " + body);
      }
      return this;
    }
  }

  static Api of(Daemon daemon) {
    return new Api(Path.of(daemon.socket().substring("unix://".length())));
  }

  Answer get(String path) {
    return answered("GET", path, "");
  }

  Answer post(String path, String body) {
    return answered("POST", path, body);
  }

  Answer delete(String path) {
    return answered("DELETE", path, "");
  }

  private Answer answered(String method, String path, String body) {
    return call(method, path, body)
        .orElseThrow(() -> new AssertionError("no answer to " + method + " " + path));
  }

  /** Empty when the connection ended before the whole answer was there. */
  Optional<Answer> call(String method, String path, String body) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      var late = LATE.schedule(() -> close(channel), PATIENCE.toSeconds(), TimeUnit.SECONDS);
      try {
        send(channel, method, path, body.getBytes(StandardCharsets.UTF_8));
        return parse(all(channel));
      } finally {
        late.cancel(false);
      }
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(SocketChannel channel, String method, String path, byte[] body)
      throws IOException {
    String head =
        "%s %s HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, body.length);
    for (byte[] part : List.of(head.getBytes(StandardCharsets.UTF_8), body)) {
      var buffer = ByteBuffer.wrap(part);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  private static String all(SocketChannel channel) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var buffer = ByteBuffer.allocate(64 * 1024);
    while (channel.read(buffer) >= 0) {
      bytes.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static Optional<Answer> parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    String head = text.substring(0, end).toLowerCase(java.util.Locale.ROOT);
    String rest = text.substring(end + 4);
    int status = Integer.parseInt(head.substring(9, 12));
    if (head.contains("transfer-encoding: chunked")) {
      return unchunked(rest).map(body -> new Answer(status, body));
    }
    int at = head.indexOf("content-length:");
    boolean short0 =
        at >= 0
            && rest.length() < Integer.parseInt(head.substring(at + 15).strip().split("\\s", 2)[0]);
    return short0 ? Optional.empty() : Optional.of(new Answer(status, rest));
  }

  private static Optional<String> unchunked(String text) {
    var whole = new StringBuilder();
    int at = 0;
    while (true) {
      int line = text.indexOf("\r\n", at);
      if (line < 0) {
        return Optional.empty();
      }
      int size = Integer.parseInt(text.substring(at, line).strip(), 16);
      if (size == 0) {
        return Optional.of(whole.toString());
      }
      if (line + 2 + size + 2 > text.length()) {
        return Optional.empty();
      }
      whole.append(text, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
    }
  }
}
