package argosy.engine.container.life;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Linux signal numbers, the same on x86-64 and arm64 (signal(7)). */
public final class Signals {
  public static final int KILL = 9;
  public static final int TERM = 15;

  private static final int RT_MIN = 34;
  private static final int RT_MAX = 64;
  private static final Map<String, Integer> BY_NAME =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("TRAP", 5),
          Map.entry("ABRT", 6),
          Map.entry("IOT", 6),
          Map.entry("BUS", 7),
          Map.entry("FPE", 8),
          Map.entry("KILL", KILL),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", TERM),
          Map.entry("STKFLT", 16),
          Map.entry("CHLD", 17),
          Map.entry("CLD", 17),
          Map.entry("CONT", 18),
          Map.entry("STOP", 19),
          Map.entry("TSTP", 20),
          Map.entry("TTIN", 21),
          Map.entry("TTOU", 22),
          Map.entry("URG", 23),
          Map.entry("XCPU", 24),
          Map.entry("XFSZ", 25),
          Map.entry("VTALRM", 26),
          Map.entry("PROF", 27),
          Map.entry("WINCH", 28),
          Map.entry("IO", 29),
          Map.entry("POLL", 29),
          Map.entry("PWR", 30),
          Map.entry("SYS", 31),
          Map.entry("RTMIN", RT_MIN),
          Map.entry("RTMAX", RT_MAX));

  private Signals() {}

  /** Reads {@code 9}, {@code KILL}, {@code sigkill}, {@code RTMIN+3}; null or "" is the default. */
  public static int parse(@Nullable String text, int otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    int number = text.chars().allMatch(Character::isDigit) ? numbered(text) : named(text);
    if (number < 1 || number > RT_MAX) {
      throw new Refused(new Failure.Invalid("Invalid signal: " + text));
    }
    return number;
  }

  private static int numbered(String digits) {
    return digits.length() > 3 ? -1 : Integer.parseInt(digits);
  }

  private static int named(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
    if (name.startsWith("RTMIN+") && digits(name.substring(6))) {
      return RT_MIN + numbered(name.substring(6));
    }
    if (name.startsWith("RTMAX-") && digits(name.substring(6))) {
      return RT_MAX - numbered(name.substring(6));
    }
    return BY_NAME.getOrDefault(name, -1);
  }

  private static boolean digits(String text) {
    return !text.isEmpty() && text.length() < 3 && text.chars().allMatch(Character::isDigit);
  }
}
