package argosy.cli.image;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A {@code .dockerignore}: which paths of a context are not sent. The last line that speaks of a
 * path decides, {@code !} takes in again; patterns are Go's {@code filepath.Match} with {@code **}.
 */
final class IgnoreFile {
  private final List<Rule> rules = new ArrayList<>();

  private record Rule(Pattern pattern, boolean takesIn) {}

  /** Reads the file's text; comments begin with a number sign in the first column. */
  static IgnoreFile parse(String text) {
    var file = new IgnoreFile();
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (String line : plain.split("\r?\n", -1)) {
      String written = line.startsWith("#") ? "" : line.strip();
      boolean takesIn = written.startsWith("!");
      String path = clean(takesIn ? written.substring(1).strip() : written);
      if (!path.isEmpty()) {
        file.rules.add(new Rule(pattern(path), takesIn));
      }
    }
    return file;
  }

  private static String clean(String path) {
    var parts = new ArrayList<String>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** What matches the path itself or, with a slash behind, anything below it. */
  private static Pattern pattern(String text) {
    var regex = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (text.startsWith("**/", at)) {
        regex.append("(?:[^/]*/)*");
        at += 2;
      } else if (text.startsWith("**", at)) {
        regex.append(".*");
        at++;
      } else if (c == '[') {
        int end = text.indexOf(']', at + 1);
        if (end < 0) {
          throw new IllegalArgumentException(".dockerignore: syntax error in pattern: " + text);
        }
        regex.append("(?!/)").append(text, at, end + 1);
        at = end;
      } else if (c == '\\' && at + 1 < text.length()) {
        regex.append(Pattern.quote(String.valueOf(text.charAt(++at))));
      } else {
        regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.append("(?:/.*)?").toString());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(".dockerignore: syntax error in pattern: " + text, e);
    }
  }

  /** True when a path, relative to the context and without a slash at its end, is left out. */
  boolean leavesOut(String path) {
    boolean out = false;
    for (Rule rule : rules) {
      if (rule.takesIn() == out && rule.pattern().matcher(path).matches()) {
        out = !rule.takesIn();
      }
    }
    return out;
  }

  /** Whether something below what is left out may be taken in again. */
  boolean takesIn() {
    return rules.stream().anyMatch(Rule::takesIn);
  }
}
