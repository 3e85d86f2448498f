package argosy.engine.container.log;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec.LogSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How much of a container's output is kept.
 *
 * @param maxSize bytes of one file
 * @param maxFiles files in all, the one being written included
 */
public record LogLimits(long maxSize, int maxFiles) {
  private static final LogLimits STANDARD = new LogLimits(100L << 20, 5);
  private static final long SMALL = 20L << 20;
  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([bkmgt]?)b?");
  private static final Set<String> KNOWN =
      Set.of(
          "max-size",
          "max-file",
          "compress",
          "labels",
          "labels-regex",
          "env",
          "env-regex",
          "tag",
          "mode",
          "max-buffer-size");

  /** Reads {@code --log-opt}; refused when an option is unknown or unreadable. */
  public static LogLimits of(LogSpec spec) {
    for (String key : spec.options().keySet()) {
      if (!KNOWN.contains(key)) {
        throw invalid("unknown log opt '%s' for %s log driver".formatted(key, spec.driver()));
      }
    }
    String size = spec.options().get("max-size");
    String files = spec.options().get("max-file");
    return new LogLimits(
        size == null ? STANDARD.maxSize : size(size),
        files == null ? STANDARD.maxFiles : files(files));
  }

  /** How often a file's length is looked at: a small limit is passed soon. */
  public Duration pace() {
    return Duration.ofSeconds(maxSize <= SMALL ? 1 : 5);
  }

  private static long size(String text) {
    if (text.equals("-1")) {
      return Long.MAX_VALUE;
    }
    var matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw invalid("invalid value for max-size: " + text);
    }
    int shift = Math.max(0, "bkmgt".indexOf(matcher.group(2))) * 10;
    long bytes = (long) (Double.parseDouble(matcher.group(1)) * (1L << shift));
    if (bytes < 1) {
      throw invalid("max-size must be a positive number: " + text);
    }
    return bytes;
  }

  private static int files(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw invalid("max-file must be a number from 1 to 9999: " + text);
    }
    return Integer.parseInt(text);
  }

  private static Refused invalid(String message) {
    return new Refused(new Failure.Invalid(message));
  }
}
