package argosy.http.answer;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as Docker writes them: nine digits and Z, Go's zero time for never. */
public final class TimeText {
  /** Go's zero time. */
  public static final String NEVER = "0001-01-01T00:00:00Z";

  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern SECONDS = Pattern.compile("-?\\d{1,12}(\\.\\d{1,20})?");

  private TimeText() {}

  /** {@code 2026-11-21T17:49:06.427907093Z}; EPOCH and null are never. */
  public static String nanos(@Nullable Instant time) {
    return time == null || time.equals(Instant.EPOCH) ? NEVER : NANOS.format(time);
  }

  /** Nine digits whatever the time is. */
  public static String stamp(Instant time) {
    return NANOS.format(time);
  }

  /** Seconds since 1970, with a fraction or without; "" and 0 are no bound. */
  public static @Nullable Instant seconds(String name, Optional<String> text) {
    String given = text.orElse("");
    if (given.isEmpty() || given.equals("0")) {
      return null;
    }
    if (SECONDS.matcher(given).matches()) {
      var seconds = new BigDecimal(given);
      long whole = seconds.longValue();
      long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
      return Instant.ofEpochSecond(whole, nanos);
    }
    return instant(name, given);
  }

  /** As {@link #seconds}, but 0 is the beginning of 1970: {@code events} tells all it has then. */
  public static @Nullable Instant since(Optional<String> text) {
    return text.filter("0"::equals).isPresent() ? Instant.EPOCH : seconds("since", text);
  }

  private static Instant instant(String name, String given) {
    try {
      return Instant.parse(given);
    } catch (DateTimeException wrong) {
      throw new Refused(
          new Failure.Invalid("invalid value for \"" + name + "\": \"" + given + "\""), wrong);
    }
  }
}
