package argosy.engine.dockerfile;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a word stands for: quotes and escapes taken away, variables put in, as POSIX shells do it
 * (Shell Command Language, 2.2 and 2.6.2), plus {@code ${v/a/b}}.
 */
public final class Expansion {
  private final char escape;
  private final Function<String, @Nullable String> variables;

  /** {@code variables}: a name's value, null where it is not set. */
  public Expansion(char escape, Function<String, @Nullable String> variables) {
    this.escape = escape;
    this.variables = variables;
  }

  /**
   * One word's meaning, white space in values kept.
   *
   * @throws Refused when quotes or braces do not close, or {@code ${v:?text}} finds nothing
   */
  public String word(String text) {
    return new Pass(text, true).all();
  }

  /** With variables put in only: quotes stay, as in a here-document. */
  public String text(String text) {
    return new Pass(text, false).all();
  }

  /** The words that a word becomes when its variables hold several. */
  public List<String> words(String text) {
    var words = new ArrayList<String>();
    for (String word : word(text).strip().split("\\s+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private final class Pass {
    private final String text;
    private final boolean quotes;
    private int at;

    Pass(String text, boolean quotes) {
      this.text = text;
      this.quotes = quotes;
    }

    String all() {
      return upTo('\0');
    }

    /** Reads up to a character outside quotes, which stays unread, or to the end. */
    private String upTo(char stop) {
      var out = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at);
        if (stop != '\0' && c == stop) {
          return out.toString();
        }
        if (c == '$') {
          out.append(dollar());
        } else if (quotes && c == '\'') {
          out.append(single());
        } else if (quotes && c == '"') {
          out.append(doubled());
        } else if (c == escape && at + 1 < text.length()) {
          escaped(out);
        } else {
          out.append(c);
          at++;
        }
      }
      return out.toString();
    }

    /** Without quotes an escape is meant for a dollar or itself alone. */
    private void escaped(StringBuilder out) {
      char next = text.charAt(at + 1);
      if (!quotes && next != '$' && next != escape) {
        out.append(escape);
      }
      out.append(next);
      at += 2;
    }

    private String single() {
      int end = text.indexOf('\'', at + 1);
      if (end < 0) {
        throw problem("unexpected end of statement while looking for matching single-quote");
      }
      String inside = text.substring(at + 1, end);
      at = end + 1;
      return inside;
    }

    private String doubled() {
      var out = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return out.toString();
        }
        if (c == '$') {
          out.append(dollar());
        } else if (c == escape && at + 1 < text.length()) {
          char next = text.charAt(at + 1);
          if (next != '"' && next != '$' && next != escape) {
            out.append(c);
          }
          out.append(next);
          at += 2;
        } else {
          out.append(c);
          at++;
        }
      }
      throw problem("unexpected end of statement while looking for matching double-quote");
    }

    private String dollar() {
      at++;
      if (at < text.length() && text.charAt(at) == '{') {
        at++;
        return braces();
      }
      String name = name();
      return name.isEmpty() ? "$" : valueOf(name);
    }

    private String name() {
      int begin = at;
      if (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      } else {
        while (at < text.length() && isNamed(text.charAt(at))) {
          at++;
        }
      }
      return text.substring(begin, at);
    }

    private String braces() {
      String name = name();
      if (name.isEmpty() || at >= text.length()) {
        throw problem("syntax error: bad substitution");
      }
      char modifier = text.charAt(at++);
      boolean colon = modifier == ':';
      if (modifier == '}') {
        return valueOf(name);
      }
      if (colon) {
        modifier = at < text.length() ? text.charAt(at++) : '}';
      }
      return switch (modifier) {
        case '-', '+', '?' -> choice(name, colon, modifier);
        case '#', '%', '/' -> {
          if (colon) {
            throw problem("unsupported modifier (:" + modifier + ") in substitution");
          }
          yield cut(name, modifier);
        }
        default -> throw problem("unsupported modifier (%s) in substitution".formatted(modifier));
      };
    }

    private String choice(String name, boolean colon, char modifier) {
      String word = argument('}');
      String value = variables.apply(name);
      boolean there = value != null && !(colon && value.isEmpty());
      if (modifier == '+') {
        return there ? word : "";
      }
      if (there) {
        return valueOf(name);
      }
      if (modifier == '?') {
        throw problem(name + ": " + (word.isEmpty() ? "is not allowed to be unset" : word));
      }
      return word;
    }

    private String cut(String name, char modifier) {
      boolean twice = at < text.length() && text.charAt(at) == modifier;
      if (twice) {
        at++;
      }
      String value = valueOf(name);
      if (modifier != '/') {
        return Glob.trim(value, argument('}'), modifier == '#', twice);
      }
      String pattern = upTo('/');
      if (at >= text.length()) {
        throw problem("syntax error: missing '/' in ${}");
      }
      at++;
      return Glob.replace(value, pattern, argument('}'), twice);
    }

    private String argument(char end) {
      String word = upTo(end);
      if (at >= text.length()) {
        throw problem("syntax error: missing '" + end + "'");
      }
      at++;
      return word;
    }

    private String valueOf(String name) {
      String value = variables.apply(name);
      return value == null ? "" : value;
    }

    private Refused problem(String sentence) {
      return new Refused(
          new Failure.Invalid("failed to process %s: %s".formatted(GoText.quoted(text), sentence)));
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamed(char c) {
    return c == '_' || isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
