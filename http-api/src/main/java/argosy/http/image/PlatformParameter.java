package argosy.http.image;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.http.endpoint.Call;
import argosy.http.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query's platform where it is a JSON document (mostly API 1.48 and later). */
final class PlatformParameter {
  private PlatformParameter() {}

  /**
   * As {@code os/architecture/variant}; null where nobody asked for one, or asked in words of
   * before 1.48. One of several has to be enough.
   */
  static @Nullable String text(Call call) {
    return text(call, "platform", 48);
  }

  /**
   * The same of a parameter of another name, or that came with another version, 1.{@code since}.
   */
  static @Nullable String text(Call call, String name, int since) {
    var given = call.query().getOrDefault(name, List.of());
    if (given.isEmpty() || given.getFirst().isEmpty() || !call.version().atLeast(since)) {
      return null;
    }
    if (given.size() > 1) {
      throw new Refused(
          new Failure.Invalid("Argosy keeps one platform of an image: ask for one at a time"));
    }
    return parse(given.getFirst());
  }

  static String parse(String json) {
    try {
      JsonNode platform = Json.mapper().readTree(json);
      String os = platform.path("os").asText();
      String architecture = platform.path("architecture").asText();
      if (os.isEmpty() || architecture.isEmpty()) {
        throw new Refused(new Failure.Invalid("both OS and Architecture must be provided"));
      }
      String variant = platform.path("variant").asText();
      return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    } catch (IOException e) {
      throw new Refused(new Failure.Invalid("failed to parse platform"), e);
    }
  }
}
