package argosy.engine.dockerfile;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as Go writes them: {@code 1m30s}, {@code 1.5h}, {@code 200ms}. */
public final class GoDuration {
  private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]+)(ns|us|µs|ms|s|m|h)");

  private GoDuration() {}

  /** As Go prints it: {@code 1m30s}, {@code 500ms}, {@code 0s}. */
  public static String text(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos, 1_000) + "µs";
    }
    if (nanos < 1_000_000_000L) {
      return decimal(nanos, 1_000_000) + "ms";
    }
    long minutes = duration.toMinutes();
    String seconds = decimal(nanos - minutes * 60_000_000_000L, 1_000_000_000L) + "s";
    return minutes == 0
        ? seconds
        : minutes < 60
            ? minutes + "m" + seconds
            : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long value, long unit) {
    return BigDecimal.valueOf(value)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }

  static Duration parse(String text) {
    Matcher part = PART.matcher(text);
    var nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < text.length() && part.find(at) && part.start() == at) {
      nanos =
          nanos.add(
              new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanos(part.group(2)))));
      at = part.end();
    }
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (at == 0 || at < text.length()) {
      throw new Refused(new Failure.Invalid("time: invalid duration \"" + text + "\""));
    }
    try {
      return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    } catch (ArithmeticException | DateTimeException e) {
      throw new Refused(new Failure.Invalid("time: invalid duration \"" + text + "\""), e);
    }
  }

  private static long nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "µs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> throw new IllegalArgumentException("no unit of time: " + unit);
    };
  }
}
