package argosy.engine.container.log;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec.LogSpec;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code --log-opt} may say, in dockerd's words. What dockerd finds out when the container is
 * started is refused when it is created.
 */
public final class LogOptions {
  private static final String MODE = "mode";
  private static final String BUFFER = "max-buffer-size";
  private static final Set<String> ANY = Set.of(MODE, BUFFER);
  private static final Set<String> LOCAL = Set.of("max-size", "max-file", "compress");
  private static final Set<String> JSON_FILE =
      Set.of(
          "max-size", "max-file", "compress", "labels", "labels-regex", "env", "env-regex", "tag");
  private static final Set<String> BOOLEANS =
      Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

  private LogOptions() {}

  /** Throws Refused when an option is unknown or its value is none; "none" takes anything. */
  public static void check(LogSpec spec) {
    if (spec.driver().equals("none")) {
      return;
    }
    mode(spec.options());
    keys(spec);
    LogLimits.of(spec);
    compress(spec);
    regex(spec.options().get("labels-regex"));
    regex(spec.options().get("env-regex"));
  }

  private static void mode(Map<String, String> options) {
    String mode = options.getOrDefault(MODE, "");
    if (!Set.of("", "blocking", "non-blocking").contains(mode)) {
      throw invalid("logger: logging mode not supported: " + mode);
    }
    String buffer = options.get(BUFFER);
    if (buffer == null) {
      return;
    }
    if (!mode.equals("non-blocking")) {
      throw invalid("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
    }
    if (LogLimits.bytes(buffer).isEmpty()) {
      throw invalid("error parsing option max-buffer-size: invalid size: '" + buffer + "'");
    }
  }

  private static void keys(LogSpec spec) {
    boolean local = spec.driver().equals("local");
    Set<String> known = local ? LOCAL : JSON_FILE;
    spec.options().keySet().stream()
        .filter(key -> !ANY.contains(key) && !known.contains(key))
        .sorted()
        .findFirst()
        .ifPresent(key -> {
          throw invalid(
              "unknown log opt '%s' for %s"
                  .formatted(key, local ? "log driver local" : spec.driver() + " log driver"));
        });
  }

  private static void compress(LogSpec spec) {
    String compress = spec.options().get("compress");
    if (compress == null) {
      return;
    }
    boolean local = spec.driver().equals("local");
    if (!BOOLEANS.contains(compress)) {
      throw invalid(
          (local ? "error reading compress log option: " : "")
              + "strconv.ParseBool: parsing \"%s\": invalid syntax".formatted(compress));
    }
    if (!isTrue(compress)) {
      return;
    }
    boolean oneFile = spec.options().getOrDefault("max-file", local ? "5" : "1").equals("1");
    if (local && oneFile) {
      throw invalid("compression cannot be enabled when max file count is 1");
    }
    if (!local && (oneFile || !spec.options().containsKey("max-size"))) {
      throw invalid("compress cannot be true when max-file is less than 2 or max-size is not set");
    }
  }

  /** Whether rotated files are asked to be packed. */
  public static boolean compresses(LogSpec spec) {
    return isTrue(spec.options().getOrDefault("compress", "false"));
  }

  /** Of a word that is a boolean, as Go reads them. */
  private static boolean isTrue(String word) {
    return word.equals("1") || word.startsWith("t") || word.startsWith("T");
  }

  private static void regex(@org.jspecify.annotations.Nullable String text) {
    try {
      Pattern.compile(text == null ? "" : text);
    } catch (PatternSyntaxException e) {
      throw invalid("error parsing regexp: %s: `%s`".formatted(e.getDescription(), text));
    }
  }

  private static Refused invalid(String message) {
    return new Refused(new Failure.Invalid(message));
  }
}
