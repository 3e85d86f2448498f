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
import java.util.Optional;
import java.util.Set;
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
        new Authorization(transport, credentials, "repository:" + path + ":" + actions, false);
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

    /** As Go's errors begin. */
    String shown() {
      return Unreachable.verb(method) + " \"" + uri + "\"";
    }

    static Query bare(String method, URI uri) {
      return new Query(method, uri, Map.of(), BodyPublishers::noBody);
    }
  }

  /**
   * Sends it, again and again where what is wrong may pass; the answer's body is the caller's to
   * close.
   *
   * @throws Refusal for any answer but a 2xx
   * @throws Unreachable when nothing answers
   */
  HttpResponse<InputStream> send(Query query) {
    return transport.backoff().repeat(() -> once(query));
  }

  /** As {@link #send}, without patience: for what would have to go on elsewhere. */
  HttpResponse<InputStream> once(Query query) {
    var sent = authorization.header();
    var answer = attempt(query, sent);
    if (answer.statusCode() == 401) {
      var challenge = Challenge.choose(answer.headers().allValues("WWW-Authenticate"));
      if (challenge.isPresent()) {
        close(answer);
        if (!authorization.answer(challenge.get(), sent)) {
          throw new Refusal(401, "UNAUTHORIZED", query.shown() + ": no basic auth credentials");
        }
        answer = attempt(query, authorization.header());
      }
    }
    if (answer.statusCode() / 100 != 2) {
      throw Refusal.of(query.uri(), answer);
    }
    return answer;
  }

  /** How often a blob's stream asks again. */
  Backoff backoff() {
    return transport.backoff();
  }

  private HttpResponse<InputStream> attempt(Query query, Optional<String> credentials) {
    var headers = new HashMap<>(query.headers());
    credentials.ifPresent(value -> headers.put("Authorization", value));
    return Set.of("GET", "HEAD").contains(query.method())
        ? transport.read(query.method(), query.uri(), headers)
        : transport.send(
            query.method(),
            query.uri(),
            query.uri().getAuthority().equals(endpoint.base().getAuthority()),
            headers,
            query.body().get());
  }

  static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
