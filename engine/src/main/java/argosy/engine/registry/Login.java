package argosy.engine.registry;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

/** Whether a registry takes somebody's credentials. */
final class Login {
  private final Endpoint endpoint;
  private final Transport transport;

  Login(Endpoint endpoint, Transports transports) {
    this.endpoint = endpoint;
    this.transport = transports.to(endpoint);
  }

  /** The token that stands for the password from now on, or empty. */
  String with(Credentials credentials) {
    return transport.backoff().repeat(() -> once(credentials));
  }

  private String once(Credentials credentials) {
    URI uri = endpoint.resolve("");
    var authorization = new Authorization(transport, credentials, "", true);
    var answer = ask(uri, authorization);
    if (answer.statusCode() == 401) {
      var challenge = Challenge.choose(answer.headers().allValues("WWW-Authenticate"));
      if (challenge.isPresent()) {
        Session.close(answer);
        if (!authorization.answer(challenge.get(), authorization.header())) {
          throw refused("Get \"" + uri + "\": no basic auth credentials");
        }
        answer = ask(uri, authorization);
      }
    }
    Session.close(answer);
    return switch (answer.statusCode()) {
      case 200 -> authorization.refreshToken();
      case 401 ->
          throw refused("login attempt to " + uri + " failed with status: 401 Unauthorized");
      default ->
          throw new Refusal(
              answer.statusCode(),
              "UNKNOWN",
              "login attempt to " + uri + " failed with status: " + answer.statusCode());
    };
  }

  private static Refusal refused(String sentence) {
    return new Refusal(401, "UNAUTHORIZED", sentence);
  }

  private HttpResponse<InputStream> ask(URI uri, Authorization authorization) {
    return transport.get(
        uri, authorization.header().map(value -> Map.of("Authorization", value)).orElse(Map.of()));
  }
}
