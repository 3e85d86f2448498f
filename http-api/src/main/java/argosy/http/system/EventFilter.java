package argosy.http.system;

import argosy.engine.event.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which events a listener wants. Different names must all match, of one name's values any. Things
 * are named by id, name, or the beginning of either; images exactly, with or without their tag.
 *
 * @param node the name of the node whose events these are, "" outside a cluster
 */
record EventFilter(Map<String, List<String>> filters, String node) {
  static final Set<String> ACCEPTED =
      Set.of(
          "config",
          "container",
          "daemon",
          "event",
          "image",
          "label",
          "network",
          "node",
          "plugin",
          "scope",
          "secret",
          "service",
          "type",
          "volume");

  /** The names that stand for things, matched by how they begin. */
  private static final Set<String> THINGS =
      Set.of("config", "container", "daemon", "network", "plugin", "secret", "service", "volume");

  boolean wants(Event event) {
    return filters.entrySet().stream()
        .allMatch(filter ->
            filter.getValue().isEmpty()
                || filter.getValue().stream()
                    .anyMatch(value -> matches(filter.getKey(), value, event)));
  }

  private boolean matches(String name, String value, Event event) {
    if (THINGS.contains(name)) {
      return begins(event.id(), value) || begins(attribute(event, "name"), value);
    }
    return switch (name) {
      case "type" -> event.type().equals(value);
      case "event" -> event.action().equals(value) || event.action().startsWith(value + ":");
      case "scope" -> value.equals("local");
      case "node" -> begins(node, value);
      case "label" -> label(event, value);
      case "image" -> image(event, value);
      default -> false;
    };
  }

  private static boolean begins(String text, String prefix) {
    return !prefix.isEmpty() && text.startsWith(prefix);
  }

  private static boolean label(Event event, String value) {
    int equals = value.indexOf('=');
    return equals < 0
        ? event.attributes().containsKey(value)
        : attribute(event, value.substring(0, equals)).equals(value.substring(equals + 1))
            && event.attributes().containsKey(value.substring(0, equals));
  }

  private static boolean image(Event event, String value) {
    String name = attribute(event, event.type().equals("image") ? "name" : "image");
    return value.equals(event.id())
        || value.equals(name)
        || value.equals(untagged(event.id()))
        || value.equals(untagged(name));
  }

  private static String untagged(String reference) {
    int colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
    return colon < 0 ? reference : reference.substring(0, colon);
  }

  private static String attribute(Event event, String name) {
    return event.attributes().getOrDefault(name, "");
  }
}
