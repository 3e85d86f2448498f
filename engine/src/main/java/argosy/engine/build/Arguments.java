package argosy.engine.build;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ARGs of one stage: what the client gave, what the file says, and who wins. */
final class Arguments {
  /** May be given without an ARG line, and are kept out of history and cache. */
  private static final Set<String> PREDEFINED =
      Set.of(
          "HTTP_PROXY",
          "http_proxy",
          "HTTPS_PROXY",
          "https_proxy",
          "FTP_PROXY",
          "ftp_proxy",
          "NO_PROXY",
          "no_proxy",
          "ALL_PROXY",
          "all_proxy");

  private final Map<String, String> given;
  private final Map<String, String> globals;
  private final Map<String, String> known = new TreeMap<>();
  private final Set<String> declared = new TreeSet<>();

  /**
   * {@code given}: the client's; {@code globals}: those before the first FROM with their values,
   * and the platform's.
   */
  Arguments(Map<String, String> given, Map<String, String> globals) {
    this.given = Map.copyOf(given);
    this.globals = Map.copyOf(globals);
    given.forEach((name, value) -> {
      if (PREDEFINED.contains(name)) {
        known.put(name, value);
      }
    });
  }

  /** An ARG line; {@code standard} is what it has for want of another value. */
  void declare(String name, @Nullable String standard) {
    declared.add(name);
    String value = given.get(name);
    if (value == null) {
      value = standard == null ? globals.get(name) : standard;
    }
    if (value == null) {
      known.remove(name);
    } else {
      known.put(name, value);
    }
  }

  @Nullable String value(String name) {
    return declared.contains(name) ? known.get(name) : null;
  }

  /** All that a command sees, by name. */
  Map<String, String> all() {
    return known;
  }

  /** What history and cache see, by name: all but proxies that no ARG line names. */
  Map<String, String> told() {
    var told = new TreeMap<>(known);
    told.keySet().removeIf(name -> PREDEFINED.contains(name) && !declared.contains(name));
    return told;
  }

  static boolean isPredefined(String name) {
    return PREDEFINED.contains(name);
  }
}
