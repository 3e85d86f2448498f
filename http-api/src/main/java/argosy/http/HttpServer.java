package argosy.http;

import argosy.http.endpoint.Reply;
import argosy.http.transport.Lifeline;
import argosy.http.transport.Listener;
import argosy.http.transport.Readiness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners on Unix sockets and TCP, and the connections they let in. What is answered is the
 * {@link Front}'s business.
 */
final class HttpServer {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final byte[] FULL =
      ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
              + "Connection: close\r\nContent-Length: 66\r\n\r\n"
              + "{\"message\":\"this daemon has as many connections as it may have\"}\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final HttpConfig config;
  private final Readiness readiness;
  private final HttpLayer layer;
  private final RequestLog requests = new RequestLog();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<HttpConnection, CompletionStage<Void>> connections = new ConcurrentHashMap<>();

  /** Answers requests. A failed stage is a bug and becomes a 500. */
  @FunctionalInterface
  public interface Front {
    CompletionStage<Reply> answer(HttpRequest request);
  }

  HttpServer(HttpLayer layer, HttpConfig config, Readiness readiness) {
    this.config = config;
    this.readiness = readiness;
    this.layer = layer;
  }

  /** Lets the clients of a listener in; the listener is closed with the server. */
  void serve(Listener listener, Front front) {
    listeners.add(listener);
    listener.start(channel -> admit(channel, front));
  }

  private void admit(SocketChannel channel, Front front) {
    if (connections.size() >= config.maxConnections()) {
      refuse(channel);
      return;
    }
    var connection = new HttpConnection(layer, front, requests, readiness, new Lifeline());
    connections.put(connection, connection.closed().thenRun(() -> connections.remove(connection)));
    connection.serve(channel);
  }

  private static void refuse(SocketChannel channel) {
    try (channel) {
      channel.write(ByteBuffer.wrap(FULL));
    } catch (IOException e) {
      log.debug("a client did not wait to be refused: {}", e.getMessage());
    }
  }

  /** Connections open now. */
  public int connections() {
    return connections.size();
  }

  /**
   * Closes the listeners, ends streams, waits {@code stop-grace} for requests in flight, cuts what
   * is left. The stage completes when every connection is closed, and never fails.
   */
  public CompletionStage<Void> stop() {
    listeners.forEach(Listener::close);
    connections.keySet().forEach(HttpConnection::windDown);
    return allClosed(config.stopGrace())
        .exceptionallyCompose(_ -> {
          connections.keySet().forEach(HttpConnection::cut);
          return allClosed(Duration.ofSeconds(1));
        })
        .exceptionally(_ -> {
          log.warn("{} connections did not close", connections.size());
          return null;
        });
  }

  private CompletableFuture<Void> allClosed(Duration patience) {
    return CompletableFuture.allOf(
            connections.values().stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new))
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
