package argosy.engine.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a registry asks for with {@code WWW-Authenticate} (RFC 9110, section 11.6.1). */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  /** The first of these headers that asks for a scheme we can answer: Bearer before Basic. */
  static Optional<Challenge> choose(List<String> headers) {
    var all = headers.stream().map(Challenge::parse).toList();
    return all.stream()
        .filter(one -> one.scheme().equals("bearer") && one.parameters().containsKey("realm"))
        .findFirst()
        .or(() -> all.stream().filter(one -> one.scheme().equals("basic")).findFirst());
  }

  private static Challenge parse(String header) {
    String[] halves = header.strip().split("\\s+", 2);
    var parameters = new HashMap<String, String>();
    if (halves.length > 1) {
      var found = PARAMETER.matcher(halves[1]);
      while (found.find()) {
        String quoted = found.group(2);
        parameters.put(
            found.group(1).toLowerCase(Locale.ROOT),
            quoted == null ? found.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
      }
    }
    return new Challenge(halves[0].toLowerCase(Locale.ROOT), parameters);
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
