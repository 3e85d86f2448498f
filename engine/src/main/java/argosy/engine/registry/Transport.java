package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * HTTP to one registry. Redirects are followed by hand: what was meant for the registry ({@code
 * Authorization}) never reaches another origin, and TLS is never left.
 */
final class Transport {
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int REDIRECTS = 10;
  private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

  private final HttpClient client;
  private final boolean verified;
  private final Proxies proxies;
  private final Backoff backoff;

  /** {@code verified}: whether TLS, once spoken, is never left. */
  Transport(HttpClient client, boolean verified, Proxies proxies, Backoff backoff) {
    this.client = client;
    this.verified = verified;
    this.proxies = proxies;
    this.backoff = backoff;
  }

  /** How often what went wrong is tried again. */
  Backoff backoff() {
    return backoff;
  }

  /** Asks whether anybody answers here, whatever its certificate and whatever it says. */
  HttpResponse<InputStream> ping(URI uri, Duration patience) {
    return send(HttpRequest.newBuilder(uri).timeout(patience).GET().build());
  }

  /** GETs; {@code headers} besides Authorization go along every redirect. */
  HttpResponse<InputStream> get(URI uri, Map<String, String> headers) {
    return read("GET", uri, headers);
  }

  /** As {@link #get}, with GET or HEAD. */
  HttpResponse<InputStream> read(String method, URI uri, Map<String, String> headers) {
    var at = uri;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      var request = request(at, sameOrigin(uri, at), headers);
      var answer = send(request.method(method, HttpRequest.BodyPublishers.noBody()).build());
      if (!MOVED.contains(answer.statusCode())) {
        return answer;
      }
      at = next(at, answer);
    }
    throw new Unreachable(method, uri, new ProtocolException("stopped after 10 redirects"));
  }

  /** POSTs a form; not redirected. */
  HttpResponse<InputStream> post(URI uri, String form) {
    return send(
        request(uri, true, Map.of("Content-Type", "application/x-www-form-urlencoded"))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  /**
   * Sends what changes something; not redirected. How long a body takes nobody knows, so only the
   * connection has a time limit, and an interrupt ends it.
   *
   * @param trusted whether Authorization may go there
   */
  HttpResponse<InputStream> send(
      String method,
      URI uri,
      boolean trusted,
      Map<String, String> headers,
      HttpRequest.BodyPublisher body) {
    var request = HttpRequest.newBuilder(uri).method(method, body);
    headers.forEach((name, value) -> {
      if (trusted || !name.equals("Authorization")) {
        request.header(name, value);
      }
    });
    return send(request.build());
  }

  private static HttpRequest.Builder request(
      URI uri, boolean trusted, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(uri).timeout(ANSWER);
    headers.forEach((name, value) -> {
      if (trusted || !name.equals("Authorization")) {
        request.header(name, value);
      }
    });
    return request;
  }

  private HttpResponse<InputStream> send(HttpRequest plain) {
    var request =
        proxies
            .authorization(plain.uri())
            .map(value ->
                HttpRequest.newBuilder(plain, (_, _) -> true)
                    .header("Proxy-Authorization", value)
                    .build())
            .orElse(plain);
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("the transfer was cancelled"));
    } catch (IOException e) {
      throw new Unreachable(request.method(), request.uri(), e);
    }
  }

  private URI next(URI at, HttpResponse<InputStream> answer) {
    drain(answer);
    var location =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() ->
                new Unreachable("GET", at, new ProtocolException("a redirect without a location")));
    URI to = at.resolve(location);
    boolean downgrade = at.getScheme().equals("https") && !"https".equals(to.getScheme());
    if ((downgrade && verified)
        || !Set.of("http", "https").contains(String.valueOf(to.getScheme()))) {
      throw new Unreachable(
          "GET", at, new ProtocolException("a redirect out of TLS is not followed"));
    }
    return to;
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && String.valueOf(one.getAuthority()).equals(other.getAuthority());
  }

  private static void drain(HttpResponse<InputStream> answer) {
    try (var body = answer.body()) {
      body.skipNBytes(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
