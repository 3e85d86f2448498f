package argosy.engine.build.context;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern over slash-separated paths as Go's {@code filepath.Match} reads it: {@code *} and
 * {@code ?} stop at slashes, {@code [a-z]} and {@code [^a-z]} are one character, a backslash takes
 * the next one as it is. Besides, {@code **} matches any number of directories, none included.
 */
public final class PathPattern {
  private final String text;
  private final Pattern regex;

  private PathPattern(String text, Pattern regex) {
    this.text = text;
    this.regex = regex;
  }

  /** Reads a pattern, relative and without a slash at its end; refused when brackets stay open. */
  public static PathPattern of(String text) {
    try {
      return new PathPattern(text, Pattern.compile(regex(text)));
    } catch (PatternSyntaxException e) {
      throw new Refused(new Failure.Invalid("syntax error in pattern: " + text), e);
    }
  }

  /** True when a character of the text is special: without one it names a single path. */
  public static boolean isWild(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
  }

  public boolean matches(String path) {
    return regex.matcher(path).matches();
  }

  /** True for a path that matches or lies below one that does. */
  public boolean covers(String path) {
    if (matches(path)) {
      return true;
    }
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (matches(path.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }

  private static String regex(String text) {
    var regex = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("**/", at)) {
        regex.append("(?:[^/]*/)*");
        at += 3;
      } else if (text.startsWith("**", at)) {
        regex.append(".*");
        at += 2;
      } else if (c == '[') {
        at = set(text, at, regex);
      } else {
        at = single(text, at, regex);
      }
    }
    return regex.toString();
  }

  private static int single(String text, int at, StringBuilder regex) {
    char c = text.charAt(at);
    switch (c) {
      case '*' -> regex.append("[^/]*");
      case '?' -> regex.append("[^/]");
      case '\\' -> {
        if (at + 1 == text.length()) {
          throw new Refused(new Failure.Invalid("syntax error in pattern: " + text));
        }
        regex.append(Pattern.quote(String.valueOf(text.charAt(at + 1))));
        return at + 2;
      }
      default -> regex.append(Pattern.quote(String.valueOf(c)));
    }
    return at + 1;
  }

  private static int set(String text, int at, StringBuilder regex) {
    int begin = at + 1;
    boolean not = begin < text.length() && text.charAt(begin) == '^';
    int i = not ? begin + 1 : begin;
    var members = new StringBuilder();
    while (i < text.length() && text.charAt(i) != ']') {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        members.append('\\').append(c);
      } else {
        members.append(
            c == '-' ? "-" : c == '[' || c == '&' || c == '^' ? "\\" + c : String.valueOf(c));
      }
      i++;
    }
    if (i >= text.length() || members.isEmpty()) {
      throw new Refused(new Failure.Invalid("syntax error in pattern: " + text));
    }
    regex.append("(?!/)[").append(not ? "^" : "").append(members).append(']');
    return i + 1;
  }

  @Override
  public String toString() {
    return text;
  }
}
