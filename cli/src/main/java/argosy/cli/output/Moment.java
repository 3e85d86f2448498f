package argosy.cli.output;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments: as users write them, as the API takes them, as people read them. */
public final class Moment {
  private static final DateTimeFormatter NINE_DIGITS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX");

  private Moment() {}

  /**
   * The API's seconds and nanoseconds for a time stamp (RFC 3339, a date, Unix seconds) or a span
   * before now ({@code 10m}, {@code 1h30m}).
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static String parameter(String text, Instant now, ZoneId zone) {
    if (text.isEmpty() || text.chars().allMatch(c -> Character.isDigit(c) || c == '.')) {
      return text;
    }
    Instant moment =
        Character.isLetter(text.charAt(text.length() - 1)) && !text.contains("T")
            ? now.minus(span(text))
            : stamp(text, zone);
    String nanos = Integer.toString(1_000_000_000 + moment.getNano()).substring(1);
    return moment.getEpochSecond() + "." + nanos;
  }

  private static Instant stamp(String text, ZoneId zone) {
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      boolean offset = text.endsWith("Z") || text.lastIndexOf('-') > 10 || text.contains("+");
      return offset
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no time: 2026-01-02T15:04:05Z, Unix seconds or 10m are", e);
    }
  }

  /**
   * A span as Go writes it: {@code 300ms}, {@code 1.5h}, {@code 2h45m}.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static Duration span(String text) {
    double nanos = 0;
    int at = 0;
    while (at < text.length()) {
      int unit = at;
      while (unit < text.length()
          && (Character.isDigit(text.charAt(unit)) || text.charAt(unit) == '.')) {
        unit++;
      }
      int next = unit;
      while (next < text.length() && Character.isLetter(text.charAt(next))) {
        next++;
      }
      if (unit == at || next == unit) {
        throw noSpan(text);
      }
      nanos += amount(text, text.substring(at, unit)) * nanos(text, text.substring(unit, next));
      at = next;
    }
    return Duration.ofNanos(Math.round(nanos));
  }

  private static double amount(String whole, String digits) {
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      throw (IllegalArgumentException) noSpan(whole).initCause(e);
    }
  }

  private static double nanos(String whole, String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      default -> throw noSpan(whole);
    };
  }

  private static IllegalArgumentException noSpan(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no duration: 300ms, 1.5h or 2h45m are");
  }

  /** With nine digits and the zone's offset, as events are shown. */
  public static String exact(Instant moment, ZoneId zone) {
    return NINE_DIGITS.format(moment.atZone(zone));
  }

  /**
   * As lists show a creation time, in UTC: {@code 2026-01-02 15:04:05 +0000 UTC}. By hand, since
   * zones and patterns cost every list more than all the rest of it.
   */
  public static String listed(Instant moment) {
    String text = Instant.ofEpochSecond(moment.getEpochSecond()).toString();
    return text.substring(0, 10) + " " + text.substring(11, 19) + " +0000 UTC";
  }
}
