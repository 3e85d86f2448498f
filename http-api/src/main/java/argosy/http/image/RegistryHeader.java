package argosy.http.image;

import argosy.engine.image.ImageStreams.RegistryAuth;
import argosy.http.endpoint.Call;
import argosy.http.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credentials in {@code X-Registry-Auth}: base64url of JSON, with or without padding. */
public final class RegistryHeader {
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

  /** Several registries' credentials; none where they can not be read. Docker Hub has two names. */
  public static Map<String, RegistryAuth> several(String header) {
    var all = new HashMap<String, RegistryAuth>();
    try {
      String url = header.strip().replace('+', '-').replace('/', '_').replace("=", "");
      for (var entry : Json.mapper().readTree(Base64.getUrlDecoder().decode(url)).properties()) {
        var auth = auth(entry.getValue());
        if (auth != null) {
          boolean hub = entry.getKey().contains("index.docker.io");
          all.put(hub ? "docker.io" : entry.getKey(), auth);
        }
      }
      return all;
    } catch (IOException | IllegalArgumentException unreadable) {
      return Map.of();
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
