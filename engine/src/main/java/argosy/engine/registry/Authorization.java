package argosy.engine.registry;

import argosy.engine.disk.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Answers a registry's challenges for one repository (distribution project, token auth). */
final class Authorization {
  private static final String CLIENT = "argosy";
  private static final int LARGEST_TOKEN = 1 << 20;

  private final Transport transport;
  private final Credentials credentials;
  private final String scope;
  private final boolean login;
  private final ReentrantLock answering = new ReentrantLock();
  private volatile Optional<String> header = Optional.empty();
  private volatile String refreshToken = "";

  /**
   * Begins with nothing, or with the token that was given.
   *
   * @param scope what a token shall allow, {@code repository:PATH:pull} for instance
   * @param login whether to ask for a token that stands for the password from now on
   */
  Authorization(Transport transport, Credentials credentials, String scope, boolean login) {
    this.transport = transport;
    this.credentials = credentials;
    this.scope = scope;
    this.login = login;
    if (!credentials.registryToken().isEmpty()) {
      header = Optional.of("Bearer " + credentials.registryToken());
    }
  }

  /** What to send now, if anything. */
  Optional<String> header() {
    return header;
  }

  /** What a login gave to use instead of the password; empty where there is no such thing. */
  String refreshToken() {
    return refreshToken;
  }

  /**
   * Makes ready for a challenge. Of several requests that a token ran out for, one fetches the next
   * token.
   *
   * @param sent what the challenged request carried
   * @return false where there is nothing to answer it with
   */
  boolean answer(Challenge challenge, Optional<String> sent) {
    answering.lock();
    try {
      if (!header.equals(sent)) {
        return true;
      }
      if (challenge.scheme().equals("basic")) {
        return basic();
      }
      if (!credentials.registryToken().isEmpty()) {
        return false;
      }
      header = Optional.of("Bearer " + token(challenge));
      return true;
    } finally {
      answering.unlock();
    }
  }

  private boolean basic() {
    if (credentials.username().isEmpty()) {
      return false;
    }
    header = Optional.of(basicHeader());
    return true;
  }

  private String basicHeader() {
    String both = credentials.username() + ":" + credentials.password();
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private String token(Challenge challenge) {
    var answer = credentials.identityToken().isEmpty() ? fetch(challenge) : refresh(challenge);
    if (answer.statusCode() != 200) {
      throw Refusal.of(realm(challenge), answer);
    }
    try (InputStream body = answer.body()) {
      JsonNode root = Json.mapper().readTree(body.readNBytes(LARGEST_TOKEN));
      refreshToken = root.path("refresh_token").asText("");
      String token = root.path("token").asText(root.path("access_token").asText());
      if (token.isEmpty()) {
        throw new Refusal(
            200, "UNKNOWN", "authorization server did not include a token in the response");
      }
      return token;
    } catch (IOException e) {
      throw new UncheckedIOException("the registry's token can not be read: " + e.getMessage(), e);
    }
  }

  private HttpResponse<InputStream> fetch(Challenge challenge) {
    var query = new LinkedHashMap<String, String>();
    query.put("service", challenge.parameter("service"));
    query.put("scope", scope(challenge));
    if (!credentials.username().isEmpty()) {
      query.put("account", credentials.username());
    }
    if (login) {
      query.put("offline_token", "true");
      query.put("client_id", CLIENT);
    }
    URI realm = realm(challenge);
    return transport.get(
        URI.create(realm + (realm.getQuery() == null ? "?" : "&") + form(query)),
        credentials.username().isEmpty() ? Map.of() : Map.of("Authorization", basicHeader()));
  }

  private HttpResponse<InputStream> refresh(Challenge challenge) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", credentials.identityToken());
    form.put("service", challenge.parameter("service"));
    form.put("scope", scope(challenge));
    form.put("client_id", CLIENT);
    return transport.post(realm(challenge), form(form));
  }

  private static URI realm(Challenge challenge) {
    try {
      return URI.create(challenge.parameter("realm"));
    } catch (IllegalArgumentException e) {
      throw new Refusal(401, "UNAUTHORIZED", "the registry's token server has no readable address");
    }
  }

  private String scope(Challenge challenge) {
    String asked = challenge.parameter("scope");
    return asked.isEmpty() ? scope : asked;
  }

  private static String form(Map<String, String> fields) {
    var text = new StringBuilder();
    fields.forEach((name, value) -> {
      if (!value.isEmpty()) {
        text.append(text.isEmpty() ? "" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    });
    return text.toString();
  }
}
