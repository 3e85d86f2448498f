package argosy.engine.dockerfile;

import java.util.List;
import java.util.stream.Collectors;

/** Texts as Go's {@code %q} writes them (strconv.Quote), which Docker's histories have. */
public final class GoText {
  private GoText() {}

  /** {@code ["a" "b c"]}. */
  public static String quoted(List<String> words) {
    return words.stream().map(GoText::quoted).collect(Collectors.joining(" ", "[", "]"));
  }

  /** {@code "text"}. */
  public static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> quoted.append(escaped(c, '"')));
    return quoted.append('"').toString();
  }

  /** {@code 'c'}, the character with this number. */
  public static String character(int number) {
    return "'" + escaped(number, '\'') + "'";
  }

  private static String escaped(int c, char quote) {
    return switch (c) {
      case 7 -> "\\a";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case 11 -> "\\v";
      case '\\' -> "\\\\";
      default -> {
        if (c == quote) {
          yield "\\" + quote;
        }
        if (c < ' ' || c == 127) {
          yield "\\x%02x".formatted(c);
        }
        yield Character.isDefined(c) && !Character.isISOControl(c)
            ? Character.toString(c)
            : "\\u%04x".formatted(c);
      }
    };
  }
}
