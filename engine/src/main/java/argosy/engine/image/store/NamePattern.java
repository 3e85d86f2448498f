package argosy.engine.image.store;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import java.util.regex.Pattern;

/**
 * A pattern of image names as {@code docker images} takes it: Go's {@code path.Match}, in which a
 * star does not cross a slash. It matches a name with its tag or digest, or the repository alone.
 */
final class NamePattern {
  private final String text;
  private final StringBuilder regex = new StringBuilder();
  private int at;

  private NamePattern(String text) {
    this.text = text;
  }

  /** A pattern that can be asked. */
  record Glob(Pattern regex) {
    /** {@code name}: in familiar form. */
    boolean matches(String name) {
      return regex.matcher(name).matches()
          || regex.matcher(ImageRef.parse(name).familiarName()).matches();
    }
  }

  /** Refused where a class has no end or a range no sense. */
  static Glob parse(String text) {
    var pattern = new NamePattern(text);
    while (pattern.at < text.length()) {
      pattern.step();
    }
    return new Glob(Pattern.compile(pattern.regex.toString(), Pattern.DOTALL));
  }

  private void step() {
    char c = text.charAt(at++);
    switch (c) {
      case '*' -> regex.append("[^/]*");
      case '?' -> regex.append("[^/]");
      case '[' -> choice();
      case '\\' -> literal(next());
      default -> literal(c);
    }
  }

  private void choice() {
    boolean not = at < text.length() && text.charAt(at) == '^';
    at += not ? 1 : 0;
    regex.append(not ? "[^" : "[");
    for (int count = 0; ; count++) {
      if (count > 0 && at < text.length() && text.charAt(at) == ']') {
        at++;
        regex.append(']');
        return;
      }
      range();
    }
  }

  private void range() {
    char low = member();
    char high = low;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
      high = member();
    }
    if (low > high) {
      throw broken();
    }
    regex.append("\\x{%x}-\\x{%x}".formatted((int) low, (int) high));
  }

  private char member() {
    char c = next();
    if (c == '-' || c == ']') {
      throw broken();
    }
    return c == '\\' ? next() : c;
  }

  private char next() {
    if (at >= text.length()) {
      throw broken();
    }
    return text.charAt(at++);
  }

  private void literal(char c) {
    regex.append(Pattern.quote(String.valueOf(c)));
  }

  private static Refused broken() {
    return new Refused(new Failure.Invalid("syntax error in pattern"));
  }
}
