package argosy.cli.container;

import argosy.cli.command.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ports as users write them: {@code [[IP:]HOSTPORT:]PORT[/PROTO]}, each port or a range. */
final class PortSpecs {
  private PortSpecs() {}

  /** ExposedPorts: every port that is published or exposed. */
  static Map<String, Object> exposed(Arguments arguments) {
    Map<String, Object> exposed = new LinkedHashMap<>();
    bindings(arguments).keySet().forEach(port -> exposed.put(port, Map.of()));
    for (String text : arguments.list("--expose")) {
      int slash = text.indexOf('/');
      String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
      Range range = Range.of(text, slash < 0 ? text : text.substring(0, slash));
      for (int port = range.first(); port <= range.last(); port++) {
        exposed.put(port + "/" + protocol, Map.of());
      }
    }
    return exposed;
  }

  /** PortBindings. */
  static Map<String, List<Map<String, String>>> bindings(Arguments arguments) {
    return bindings(arguments.list("--publish"));
  }

  /** The same of the texts. */
  static Map<String, List<Map<String, String>>> bindings(List<String> texts) {
    Map<String, List<Map<String, String>>> bindings = new LinkedHashMap<>();
    texts.forEach(text -> publish(text, bindings));
    return bindings;
  }

  private static void publish(String text, Map<String, List<Map<String, String>>> into) {
    int slash = text.indexOf('/');
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    String ports = slash < 0 ? text : text.substring(0, slash);
    int inner = ports.lastIndexOf(':');
    Range inside = Range.of(text, ports.substring(inner + 1));
    String outer = inner < 0 ? "" : ports.substring(0, inner);
    int bracket = outer.lastIndexOf(']');
    int colon = outer.lastIndexOf(':');
    String address = colon > bracket ? outer.substring(0, colon) : bracket < 0 ? "" : outer;
    String outside = colon > bracket || bracket < 0 ? outer.substring(colon + 1) : "";
    for (int i = 0; i < inside.size(); i++) {
      Map<String, String> binding = new LinkedHashMap<>();
      binding.put("HostIp", address.replace("[", "").replace("]", ""));
      binding.put("HostPort", hostPort(text, outside, inside, i));
      String port = inside.first() + i + "/" + protocol;
      into.computeIfAbsent(port, _ -> new ArrayList<>()).add(binding);
    }
  }

  private static String hostPort(String text, String outside, Range inside, int index) {
    if (outside.isEmpty()) {
      return "";
    }
    Range range = Range.of(text, outside);
    if (inside.size() == 1 && range.size() > 1) {
      return outside;
    }
    if (range.size() != inside.size()) {
      throw new IllegalArgumentException("--publish: the ranges of \"" + text + "\" differ");
    }
    return String.valueOf(range.first() + index);
  }

  private record Range(int first, int last) {
    static Range of(String whole, String text) {
      int dash = text.indexOf('-');
      try {
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
        if (first >= 0 && first <= last && last < 65536) {
          return new Range(first, last);
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("invalid port in \"" + whole + "\"", e);
      }
      throw new IllegalArgumentException("invalid port in \"" + whole + "\"");
    }

    int size() {
      return last - first + 1;
    }
  }
}
