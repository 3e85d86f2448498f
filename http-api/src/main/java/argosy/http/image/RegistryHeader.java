package argosy.http.image;

import argosy.engine.image.ImageStreams.RegistryAuth;
import argosy.http.endpoint.Call;
import argosy.http.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Credentials in {@code X-Registry-Auth}: base64url of JSON, with or without padding. */
final class RegistryHeader {
  private RegistryHeader() {}

  /**
   * Null where there are none, or none that can be read: then the registry decides, as in Docker.
   */
  static @Nullable RegistryAuth of(Call call) {
    return call.request()
        .getHeader("X-Registry-Auth")
        .map(header -> parse(header.value()))
        .orElse(null);
  }

  static @Nullable RegistryAuth parse(String header) {
    try {
      String url = header.strip().replace('+', '-').replace('/', '_').replace("=", "");
      return auth(Json.mapper().readTree(Base64.getUrlDecoder().decode(url)));
    } catch (IOException | IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static @Nullable RegistryAuth auth(JsonNode json) {
    var auth =
        new RegistryAuth(
            text(json, "username"),
            text(json, "password"),
            text(json, "identitytoken"),
            text(json, "registrytoken"));
    return auth.equals(new RegistryAuth("", "", "", "")) ? null : auth;
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asText("");
  }
}
