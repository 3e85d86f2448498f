package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Requests about one repository, each challenge answered once. A token that has run out is a
 * challenge like the first.
 */
final class Session {
  private final Transport transport;
  private final Endpoint endpoint;
  private final String path;
  private final Authorization authorization;

  /** {@code actions}: what a token shall allow, {@code pull} or {@code pull,push}. */
  Session(
      Transport transport,
      Endpoint endpoint,
      String path,
      Credentials credentials,
      String actions) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.path = path;
    this.authorization =
        new Authorization(
            transport, endpoint.verified(), credentials, "repository:" + path + ":" + actions);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The URL of a part of the repository: {@code manifests/latest}. */
  URI resolve(String what) {
    return endpoint.resolve(path + "/" + what);
  }

  /** What to send: {@code body} is asked again when a request has to be repeated. */
  record Query(String method, URI uri, Map<String, String> headers, Supplier<BodyPublisher> body) {
    static Query get(URI uri, Map<String, String> headers) {
      return new Query("GET", uri, headers, BodyPublishers::noBody);
    }

    static Query bare(String method, URI uri) {
      return new Query(method, uri, Map.of(), BodyPublishers::noBody);
    }
  }

  /**
   * Sends it; the answer's body is the caller's to close.
   *
   * @throws Refusal for any answer but a 2xx
   */
  HttpResponse<InputStream> send(Query query) {
    var answer = attempt(query);
    if (answer.statusCode() == 401) {
      var challenge = Challenge.choose(answer.headers().allValues("WWW-Authenticate"));
      if (challenge.isPresent()) {
        close(answer);
        if (!authorization.answer(challenge.get())) {
          throw new Refusal(
              401, "UNAUTHORIZED", "Get \"" + query.uri() + "\": no basic auth credentials");
        }
        answer = attempt(query);
      }
    }
    if (answer.statusCode() / 100 != 2) {
      throw refusal(query.uri().toString(), answer);
    }
    return answer;
  }

  private HttpResponse<InputStream> attempt(Query query) {
    var headers = new HashMap<>(query.headers());
    authorization.header().ifPresent(value -> headers.put("Authorization", value));
    return query.method().equals("GET")
        ? transport.get(query.uri(), endpoint.verified(), headers)
        : transport.send(
            query.method(),
            query.uri(),
            query.uri().getAuthority().equals(endpoint.base().getAuthority()),
            endpoint.verified(),
            headers,
            query.body().get());
  }

  private static Refusal refusal(String url, HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      return Refusal.of(answer.statusCode(), url, body.readNBytes(1 << 16));
    } catch (IOException e) {
      throw new UncheckedIOException("the registry's answer can not be read: " + e.getMessage(), e);
    }
  }

  static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
