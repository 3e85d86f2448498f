package argosy.http.container;

import java.time.Duration;

/** How long, as {@code docker ps} says it: {@code 3 seconds}, {@code About an hour}. */
final class HumanDuration {
  private HumanDuration() {}

  static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long minutes = seconds / 60;
    long hours = (seconds + 1800) / 3600;
    if (seconds < 60) {
      return switch ((int) seconds) {
        case 0 -> "Less than a second";
        case 1 -> "1 second";
        default -> seconds + " seconds";
      };
    }
    if (minutes < 60) {
      return minutes == 1 ? "About a minute" : minutes + " minutes";
    }
    return hours == 1 ? "About an hour" : days(hours, seconds / 3600);
  }

  private static String days(long hours, long wholeHours) {
    if (hours < 48) {
      return hours + " hours";
    }
    if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    }
    if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    }
    return hours < 24 * 365 * 2 ? hours / 24 / 30 + " months" : wholeHours / 24 / 365 + " years";
  }
}
