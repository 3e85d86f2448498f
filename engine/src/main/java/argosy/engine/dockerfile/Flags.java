package argosy.engine.dockerfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code --name=value} words before an instruction's arguments.
 *
 * @param rest the arguments
 */
record Flags(Map<String, List<String>> values, String rest) {
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "FROM", Set.of("platform"),
          "RUN", Set.of("mount", "network", "security"),
          "ADD", Set.of("chown", "chmod", "link", "checksum", "keep-git-dir", "exclude", "unpack"),
          "COPY", Set.of("from", "chown", "chmod", "link", "parents", "exclude"),
          "HEALTHCHECK",
              Set.of("interval", "timeout", "start-period", "start-interval", "retries"));

  /** These may stand without a value, and then mean true. */
  private static final Set<String> SWITCHES = Set.of("link", "parents", "keep-git-dir", "unpack");

  private static final Set<String> REPEATED = Set.of("mount", "exclude");

  /** Reads the flags an instruction has; refused are those it does not know or that come twice. */
  static Flags read(LogicalLine line, String instruction, String text) {
    var values = new LinkedHashMap<String, List<String>>();
    String rest = text;
    while (rest.startsWith("--")) {
      String[] halves = rest.split("\\s+", 2);
      if (halves[0].equals("--")) {
        rest = halves.length > 1 ? halves[1] : "";
        break;
      }
      String word = halves[0].substring(2);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      add(line, instruction, values, name, equals < 0 ? null : word.substring(equals + 1));
      rest = halves.length > 1 ? halves[1] : "";
    }
    return new Flags(values, rest);
  }

  private static void add(
      LogicalLine line,
      String instruction,
      Map<String, List<String>> values,
      String name,
      @Nullable String value) {
    if (!KNOWN.getOrDefault(instruction, Set.of()).contains(name)) {
      throw ParseProblem.at(line.number(), "unknown flag: --" + name);
    }
    if (value == null && !SWITCHES.contains(name)) {
      throw ParseProblem.at(line.number(), "missing a value on flag: --" + name);
    }
    if (values.containsKey(name) && !REPEATED.contains(name)) {
      throw ParseProblem.at(line.number(), "duplicate flag specified: --" + name);
    }
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value == null ? "true" : value);
  }

  @Nullable String value(String name) {
    List<String> all = values.get(name);
    return all == null ? null : all.getLast();
  }
}
