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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Dockerfile lines that {@code import --change} and {@code commit --change} may carry. */
public final class ConfigChanges {
  private static final Set<String> KNOWN =
      Set.of(
          "cmd",
          "entrypoint",
          "env",
          "expose",
          "healthcheck",
          "label",
          "onbuild",
          "shell",
          "stopsignal",
          "user",
          "volume",
          "workdir");

  /** There is no file that has lines. */
  private static final String PLACE = "^dockerfile parse error on line \\d+: ";

  private static final String CONTINUED = "\\\\[ \\t]*\\R";

  private ConfigChanges() {}

  /** Applies lines, in order, to a configuration's {@code config} object. */
  public static void apply(List<String> lines, ObjectNode config) {
    var edits = new ConfigEdits(config);
    lines.stream()
        .flatMap(line -> line.replaceAll(CONTINUED, "").lines())
        .filter(line -> !line.isBlank())
        .forEach(line -> apply(line.strip(), edits, config));
  }

  private static void apply(String line, ConfigEdits edits, ObjectNode config) {
    String name = line.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    if (!KNOWN.contains(name)) {
      throw new Refused(new Failure.Invalid(name + " is not a valid change command"));
    }
    try {
      edits.apply(Expanded.of(Dockerfile.trigger(line).instruction(), expansion(config)));
    } catch (Refused refused) {
      throw new Refused(
          new Failure.Invalid(refused.failure().message().replaceFirst(PLACE, "")), refused);
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
