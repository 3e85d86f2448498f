package argosy.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a Dockerfile into its instructions' lines: directives at the top, comments, continuation
 * lines and here-documents.
 */
final class LogicalLines {
  private static final Pattern DIRECTIVE =
      Pattern.compile("^#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*$");
  private static final Pattern HEREDOC =
      Pattern.compile(
          "(?:^|\\s)[0-9]*<<(-?)\\s*(?:'([^'<>\\s]+)'|\"([^\"<>\\s]+)\"|([^'\"<>\\s]+))");
  private static final Pattern WITH_HEREDOC =
      Pattern.compile(
          "^(?:ONBUILD\\s+)?(?:RUN|COPY|ADD)\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final String[] lines;
  private final List<LogicalLine> found = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private char escape = '\\';
  private int next;

  private LogicalLines(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.lines = plain.split("\r?\n", -1);
  }

  /** The instructions of a file, the character that escapes in it, and what is better left. */
  record Read(char escape, List<LogicalLine> lines, List<String> warnings) {}

  static Read read(String text) {
    var reader = new LogicalLines(text);
    reader.directives();
    while (reader.next < reader.lines.length) {
      reader.instruction();
    }
    return new Read(reader.escape, List.copyOf(reader.found), reader.warnings());
  }

  /** Directives end at the first line that is none, a plain comment included. */
  private void directives() {
    var seen = new ArrayList<String>();
    while (next < lines.length) {
      Matcher directive = DIRECTIVE.matcher(lines[next].strip());
      if (!directive.matches()) {
        return;
      }
      String name = directive.group(1).toLowerCase(Locale.ROOT);
      if (!List.of("escape", "syntax", "check").contains(name)) {
        return;
      }
      if (seen.contains(name)) {
        throw ParseProblem.at(next + 1, "only one " + name + " parser directive can be used");
      }
      seen.add(name);
      if (name.equals("escape")) {
        escape = escapeCharacter(directive.group(2));
      }
      next++;
    }
  }

  private char escapeCharacter(String text) {
    if (!text.equals("\\") && !text.equals("`")) {
      throw ParseProblem.at(
          next + 1, "invalid escape token '%s' does not match ` or \\".formatted(text));
    }
    return text.charAt(0);
  }

  private void instruction() {
    int number = next + 1;
    String first = lines[next++].stripLeading();
    if (first.isEmpty() || first.startsWith("#")) {
      return;
    }
    var text = new StringBuilder();
    boolean open = append(text, first);
    boolean gap = false;
    while (open && next < lines.length) {
      String line = lines[next++];
      String bare = line.strip();
      gap |= bare.isEmpty() && next < lines.length;
      if (!bare.isEmpty() && !bare.startsWith("#")) {
        open = append(text, line);
      }
    }
    String joined = text.toString().stripTrailing();
    found.add(new LogicalLine(number, joined, heredocs(joined, number)));
    if (gap) {
      gaps.add("[WARNING]: Empty continuation line found in:\n    " + joined);
    }
  }

  private List<String> warnings() {
    if (gaps.isEmpty()) {
      return List.of();
    }
    var all = new ArrayList<>(gaps);
    all.add("[WARNING]: Empty continuation lines will become errors in a future release.");
    return all;
  }

  /** True when the line goes on in the next one. */
  private boolean append(StringBuilder text, String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
      end--;
    }
    boolean open =
        end > 0 && line.charAt(end - 1) == escape && (end == 1 || line.charAt(end - 2) != escape);
    text.append(open ? line.substring(0, end - 1) : line);
    return open;
  }

  private List<Heredoc> heredocs(String text, int number) {
    if (!WITH_HEREDOC.matcher(text).matches()) {
      return List.of();
    }
    var all = new ArrayList<Heredoc>();
    Matcher names = HEREDOC.matcher(text);
    while (names.find()) {
      boolean chomp = !names.group(1).isEmpty();
      boolean bare = names.group(4) != null;
      String name =
          bare ? names.group(4) : names.group(2) != null ? names.group(2) : names.group(3);
      all.add(new Heredoc(name, content(name, chomp, number), bare, chomp));
    }
    return all;
  }

  private String content(String name, boolean chomp, int number) {
    var content = new StringBuilder();
    while (next < lines.length) {
      String line = lines[next++];
      String kept = chomp ? line.replaceFirst("^\t+", "") : line;
      if (kept.equals(name)) {
        return content.toString();
      }
      content.append(kept).append('\n');
    }
    throw ParseProblem.at(number, "unterminated heredoc: no line is just " + name);
  }
}
