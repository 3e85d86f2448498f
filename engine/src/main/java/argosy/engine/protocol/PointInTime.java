package argosy.engine.protocol;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as Docker's {@code until} filters take it: a date, seconds since 1970, or how long ago.
 */
public final class PointInTime {
  private static final Pattern STEP = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");
  private static final Pattern DURATION = Pattern.compile("(?:" + STEP.pattern() + ")+");
  private static final Pattern SECONDS = Pattern.compile("[0-9]+(\\.[0-9]{1,9})?");

  private PointInTime() {}

  /** Refuses anything else with Docker's text. */
  public static Instant parse(String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      return instant(new BigDecimal(text));
    }
    if (DURATION.matcher(text).matches()) {
      return now.minus(duration(text));
    }
    try {
      if (text.matches(".*T.*(Z|[+-][0-9:]{5})")) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return text.contains("T")
          ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
          : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new Refused(
          new Failure.Invalid("failed to parse value as time or duration: \"" + text + "\""), e);
    }
  }

  private static Instant instant(BigDecimal seconds) {
    long whole = seconds.longValue();
    return Instant.ofEpochSecond(
        whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
  }

  private static Duration duration(String text) {
    var sum = BigDecimal.ZERO;
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      sum = sum.add(new BigDecimal(step.group(1)).multiply(nanos(step.group(2))));
    }
    return Duration.ofNanos(sum.longValue());
  }

  private static BigDecimal nanos(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1;
          case "us", "µs" -> 1_000;
          case "ms" -> 1_000_000;
          case "s" -> 1_000_000_000;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        });
  }
}
