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

/** Answers a registry's challenges for one repository (distribution project, token auth). */
final class Authorization {
  private static final String CLIENT = "argosy";

  private final Transport transport;
  private final boolean verified;
  private final Credentials credentials;
  private final String scope;
  private volatile Optional<String> header = Optional.empty();

  /** {@code scope}: what a token shall allow, {@code repository:PATH:pull} for instance. */
  Authorization(Transport transport, boolean verified, Credentials credentials, String scope) {
    this.transport = transport;
    this.verified = verified;
    this.credentials = credentials;
    this.scope = scope;
    if (!credentials.registryToken().isEmpty()) {
      header = Optional.of("Bearer " + credentials.registryToken());
    }
  }

  /** What to send now, if anything. */
  Optional<String> header() {
    return header;
  }

  /**
   * Makes ready for a challenge.
   *
   * @return false where there is nothing to answer it with
   */
  boolean answer(Challenge challenge) {
    if (challenge.scheme().equals("basic")) {
      return basic();
    }
    if (!credentials.registryToken().isEmpty()) {
      return false;
    }
    header = Optional.of("Bearer " + token(challenge));
    return true;
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
    try (InputStream body = answer.body()) {
      byte[] bytes = body.readNBytes(1 << 20);
      if (answer.statusCode() != 200) {
        throw Refusal.of(answer.statusCode(), challenge.parameter("realm"), bytes);
      }
      JsonNode root = Json.mapper().readTree(bytes);
      return root.path("token").asText(root.path("access_token").asText());
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
    return transport.get(
        URI.create(challenge.parameter("realm") + "?" + form(query)),
        verified,
        credentials.username().isEmpty() ? Map.of() : Map.of("Authorization", basicHeader()));
  }

  private HttpResponse<InputStream> refresh(Challenge challenge) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", credentials.identityToken());
    form.put("service", challenge.parameter("service"));
    form.put("scope", scope(challenge));
    form.put("client_id", CLIENT);
    return transport.post(URI.create(challenge.parameter("realm")), verified, form(form));
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
