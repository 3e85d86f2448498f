package argosy.engine.container.log;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.ContainerSpec.LogSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
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

  /** Of {@code --log-opt}; refused when a limit is unreadable. */
  public static LogLimits of(LogSpec spec) {
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
    long bytes = bytes(text).orElseThrow(() -> invalid("invalid size: '" + text + "'"));
    if (bytes < 1) {
      throw invalid("max-size must be a positive number");
    }
    return bytes;
  }

  /** Bytes of {@code 10m}, {@code 1.5g}, {@code 2kb}; empty when it is no size. */
  static OptionalLong bytes(String text) {
    var matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int shift = Math.max(0, "bkmgt".indexOf(matcher.group(2))) * 10;
    return OptionalLong.of((long) (Double.parseDouble(matcher.group(1)) * (1L << shift)));
  }

  private static int files(String text) {
    if (!text.matches("[+-]?\\d{1,9}")) {
      throw invalid("strconv.Atoi: parsing \"%s\": invalid syntax".formatted(text));
    }
    int count = Integer.parseInt(text);
    if (count < 1) {
      throw invalid("max-file cannot be less than 1");
    }
    return count;
  }

  private static Refused invalid(String message) {
    return new Refused(new Failure.Invalid(message));
  }
}
