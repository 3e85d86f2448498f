package argosy.engine.build.context;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@code .dockerignore}: which paths of a context are left out. The last line that speaks of a
 * path decides; a line with {@code !} takes it in again.
 */
public final class Ignore {
  /** Leaves nothing out. */
  public static final Ignore NOTHING = new Ignore(List.of());

  private final List<Rule> rules;

  private Ignore(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  private record Rule(PathPattern pattern, boolean takesIn) {}

  /** Reads the file's text; comments begin with a number sign in the first column. */
  public static Ignore parse(String text) {
    var rules = new ArrayList<Rule>();
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (String line : plain.split("\r?\n", -1)) {
      String written = line.startsWith("#") ? "" : line.strip();
      boolean takesIn = written.startsWith("!");
      String path = clean(takesIn ? written.substring(1).strip() : written);
      if (!path.isEmpty()) {
        rules.add(new Rule(PathPattern.of(path), takesIn));
      }
    }
    return new Ignore(rules);
  }

  /** Relative, without {@code .} and {@code ..} parts and without a slash at either end. */
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

  /** True when a path, relative to the context and without a slash at its end, is left out. */
  public boolean leavesOut(String path) {
    boolean out = false;
    for (Rule rule : rules) {
      if (rule.takesIn() == out && rule.pattern().covers(path)) {
        out = !rule.takesIn();
      }
    }
    return out;
  }
}
