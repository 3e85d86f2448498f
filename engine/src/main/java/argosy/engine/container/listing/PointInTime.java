package argosy.engine.container.listing;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A moment as filters write it: Unix seconds, RFC 3339, a plain date, or a Go duration ago. */
public final class PointInTime {
  private static final Pattern SECONDS = Pattern.compile("(\\d+)(?:\\.(\\d{1,9}))?");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");

  private PointInTime() {}

  /** Refused with a sentence when it is none of these. */
  public static Instant parse(String text, Instant now) {
    var seconds = SECONDS.matcher(text);
    if (seconds.matches()) {
      String fraction = seconds.group(2) == null ? "" : seconds.group(2);
      long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
      return Instant.ofEpochSecond(Long.parseLong(seconds.group(1)), nanos);
    }
    Duration ago = duration(text);
    return ago == null ? calendar(text) : now.minus(ago);
  }

  private static @Nullable Duration duration(String text) {
    var part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      sum = sum.plusNanos((long) (Double.parseDouble(part.group(1)) * nanos(part.group(2))));
      end = part.end();
    }
    return end > 0 && end == text.length() ? sum : null;
  }

  private static double nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      default -> 3600e9;
    };
  }

  private static Instant calendar(String text) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
      return zoned
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new Refused(
          new Failure.Invalid("failed to parse value as time or duration: \"" + text + "\""), e);
    }
  }
}
