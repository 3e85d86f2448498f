package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * HTTP to registries. Redirects are followed by hand: what was meant for the registry ({@code
 * Authorization}) never reaches another origin, and TLS is never left.
 */
final class Transport {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int REDIRECTS = 10;
  private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

  /** Made by the first request, as reading the host's certificates takes a tenth of a second. */
  private static final class Strict {
    static final HttpClient CLIENT = client().build();
  }

  /** The one that takes any certificate, made by the first request to an insecure registry. */
  private static final class Lenient {
    static final HttpClient CLIENT = client().sslContext(unverified()).build();
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  private static SSLContext unverified() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java knows no TLS", e);
    }
  }

  /** Asks whether anybody answers here, whatever its certificate and whatever it says. */
  HttpResponse<InputStream> ping(URI uri, Duration patience) {
    return send(HttpRequest.newBuilder(uri).timeout(patience).GET().build(), false);
  }

  /** GETs; {@code headers} besides Authorization go along every redirect. */
  HttpResponse<InputStream> get(URI uri, boolean verified, Map<String, String> headers) {
    var at = uri;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      var answer = send(request(at, sameOrigin(uri, at), headers).GET().build(), verified);
      if (!MOVED.contains(answer.statusCode())) {
        return answer;
      }
      at = next(at, answer, verified);
    }
    throw new Unreachable("GET", uri, new IOException("stopped after 10 redirects"));
  }

  /** POSTs a form; not redirected. */
  HttpResponse<InputStream> post(URI uri, boolean verified, String form) {
    return send(
        request(uri, true, Map.of("Content-Type", "application/x-www-form-urlencoded"))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        verified);
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
      boolean verified,
      Map<String, String> headers,
      HttpRequest.BodyPublisher body) {
    var request = HttpRequest.newBuilder(uri).method(method, body);
    headers.forEach((name, value) -> {
      if (trusted || !name.equals("Authorization")) {
        request.header(name, value);
      }
    });
    return send(request.build(), verified);
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

  private HttpResponse<InputStream> send(HttpRequest request, boolean verified) {
    try {
      var client = verified ? Strict.CLIENT : Lenient.CLIENT;
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("the transfer was cancelled"));
    } catch (IOException e) {
      throw new Unreachable(request.method(), request.uri(), e);
    }
  }

  private static URI next(URI at, HttpResponse<InputStream> answer, boolean verified) {
    drain(answer);
    var location =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(
                () -> new Unreachable("GET", at, new IOException("a redirect without a location")));
    URI to = at.resolve(location);
    boolean downgrade = at.getScheme().equals("https") && !"https".equals(to.getScheme());
    if ((downgrade && verified)
        || !Set.of("http", "https").contains(String.valueOf(to.getScheme()))) {
      throw new Unreachable("GET", at, new IOException("a redirect out of TLS is not followed"));
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
