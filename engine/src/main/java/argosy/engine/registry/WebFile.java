package argosy.engine.registry;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A file on some web server, read while it comes; closing it ends the connection.
 *
 * @param body ends with an error when the connection breaks before all of it was there
 * @param length bytes, 0 when the server does not say
 */
public record WebFile(InputStream body, long length, HttpClient client) implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(15);

  /** Until its head is there; the body may take as long as somebody waits for it. */
  private static final Duration HEAD = Duration.ofMinutes(5);

  private static final int SHOWN = 1024;

  /**
   * Asks for it, behind the proxies that registries are behind, and follows redirects.
   *
   * @throws Refused with Docker's sentence when the server can not be reached or says no
   */
  static WebFile get(URI uri, Proxies proxies) {
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new Refused(
          new Failure.Internal(
              "Get \"%s\": unsupported protocol scheme \"%s\"".formatted(uri, uri.getScheme())));
    }
    var client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .proxy(Transports.selector(proxies))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    try {
      return answered(
          uri,
          client,
          client.send(request(uri, proxies), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (RuntimeException e) {
      client.shutdownNow();
      throw e;
    } catch (InterruptedException e) {
      client.shutdownNow();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("the download was cancelled"));
    } catch (IOException e) {
      client.shutdownNow();
      throw new Refused(new Failure.Internal(new Unreachable("GET", uri, e).sentence()), e);
    }
  }

  private static HttpRequest request(URI uri, Proxies proxies) {
    try {
      var request = HttpRequest.newBuilder(uri).timeout(HEAD).GET();
      proxies.authorization(uri).ifPresent(basic -> request.header("Proxy-Authorization", basic));
      return request.build();
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Internal("Get \"%s\": %s".formatted(uri, e.getMessage())), e);
    }
  }

  private static WebFile answered(URI uri, HttpClient client, HttpResponse<InputStream> answer)
      throws IOException {
    if (answer.statusCode() < 400) {
      return new WebFile(
          answer.body(), answer.headers().firstValueAsLong("Content-Length").orElse(0), client);
    }
    try (var body = answer.body()) {
      String said = new String(body.readNBytes(SHOWN), StandardCharsets.UTF_8).strip();
      throw new Refused(
          refusal(
              answer.statusCode(),
              "failed to GET %s with status %d: %s".formatted(uri, answer.statusCode(), said)));
    }
  }

  private static Failure refusal(int status, String sentence) {
    return switch (status) {
      case 400 -> new Failure.Invalid(sentence);
      case 401 -> new Failure.Unauthorized(sentence);
      case 403 -> new Failure.Forbidden(sentence);
      case 404 -> new Failure.NotFound(sentence);
      default -> new Failure.Internal(sentence);
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
