package argosy.cli.output;

import java.time.Duration;

/** Spans of time as people say them, in docker's words. */
public final class Span {
  private Span() {}

  /** Such as {@code 5 minutes} or {@code About an hour}. */
  public static String words(Duration span) {
    long seconds = span.toSeconds();
    long minutes = span.toMinutes();
    long hours = Math.round(seconds / 3600.0);
    long days = span.toDays();
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds < 60) {
      return seconds == 1 ? "1 second" : seconds + " seconds";
    }
    if (minutes < 60) {
      return minutes == 1 ? "About a minute" : minutes + " minutes";
    }
    if (hours < 48) {
      return hours == 1 ? "About an hour" : hours + " hours";
    }
    if (days < 14) {
      return days + " days";
    }
    if (days < 60) {
      return days / 7 + " weeks";
    }
    return days < 730 ? days / 30 + " months" : days / 365 + " years";
  }
}
