package argosy.engine.dockerfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shell patterns in a substitution: {@code *} for any text, {@code ?} for one character. */
final class Glob {
  private Glob() {}

  /** Takes the shortest or the longest match off a value's front or back. */
  static String trim(String value, String glob, boolean front, boolean longest) {
    String body = regex(glob, longest);
    if (front) {
      return Pattern.compile("^" + body, Pattern.DOTALL).matcher(value).replaceFirst("");
    }
    // the shortest back match begins as late as it can: a greedy prefix before it
    var found =
        Pattern.compile("^(.*" + (longest ? "?" : "") + ")" + body + "$", Pattern.DOTALL)
            .matcher(value);
    return found.matches() ? found.group(1) : value;
  }

  /** Puts {@code by} in the place of the first match or of all. */
  static String replace(String value, String glob, String by, boolean all) {
    if (glob.isEmpty()) {
      return value;
    }
    Matcher found = Pattern.compile(regex(glob, true), Pattern.DOTALL).matcher(value);
    String literal = Matcher.quoteReplacement(by);
    return all ? found.replaceAll(literal) : found.replaceFirst(literal);
  }

  private static String regex(String glob, boolean greedy) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(greedy ? ".*" : ".*?");
        case '?' -> regex.append('.');
        case '\\' -> {
          if (i + 1 < glob.length()) {
            regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
          } else {
            regex.append("\\\\");
          }
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }
}
