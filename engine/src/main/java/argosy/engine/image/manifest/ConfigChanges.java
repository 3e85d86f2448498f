package argosy.engine.image.manifest;

import argosy.engine.dockerfile.Dockerfile;
import argosy.engine.dockerfile.Expanded;
import argosy.engine.dockerfile.Expansion;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The Dockerfile lines that {@code import --change} and {@code commit --change} may carry. */
public final class ConfigChanges {
  private ConfigChanges() {}

  /** Applies lines, in order, to a configuration's {@code config} object. */
  public static void apply(List<String> lines, ObjectNode config) {
    var edits = new ConfigEdits(config);
    for (String line : lines) {
      if (!line.isBlank()) {
        var written = Dockerfile.trigger(line.strip()).instruction();
        if (!edits.apply(Expanded.of(written, expansion(config)))) {
          String name = line.strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
          throw new Refused(new Failure.Invalid(name + " is not a valid change command"));
        }
      }
    }
  }

  private static Expansion expansion(ObjectNode config) {
    return new Expansion('\\', name -> variable(config, name));
  }

  private static @Nullable String variable(ObjectNode config, String name) {
    for (JsonNode entry : config.path("Env")) {
      if (entry.asText().startsWith(name + "=")) {
        return entry.asText().substring(name.length() + 1);
      }
    }
    return null;
  }
}
