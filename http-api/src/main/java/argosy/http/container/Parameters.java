package argosy.http.container;

import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.http.answer.Filters;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query parameters of the container lines. */
final class Parameters {
  private static final Pattern NAME = Pattern.compile("/?[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final Set<String> FILTERS =
      Set.of(
          "ancestor",
          "before",
          "exited",
          "expose",
          "health",
          "id",
          "is-task",
          "isolation",
          "label",
          "name",
          "network",
          "publish",
          "since",
          "status",
          "volume");
  private static final Set<String> STATES =
      Set.of("created", "restarting", "running", "removing", "paused", "exited", "dead");
  private static final Set<String> HEALTH = Set.of("starting", "healthy", "unhealthy", "none");

  private Parameters() {}

  /** A whole number, or null where the parameter is absent. */
  static @Nullable Integer number(Call call, String name) {
    String text = call.parameter(name).orElse("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException wrong) {
      throw Refusal.invalid("invalid value for \"" + name + "\": \"" + text + "\" is no number");
    }
  }

  static int requiredNumber(Call call, String name) {
    Integer number = number(call, name);
    if (number == null) {
      throw Refusal.invalid("invalid value for \"" + name + "\": it must be given");
    }
    return number;
  }

  /** A container's new name, or null where none is given. */
  static @Nullable String name(Call call) {
    String name = call.parameter("name").orElse("");
    if (name.isEmpty()) {
      return null;
    }
    Refusal.when(
        !NAME.matcher(name).matches(),
        "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    return name.startsWith("/") ? name.substring(1) : name;
  }

  static WaitCondition condition(Call call) {
    return switch (call.parameter("condition").orElse("")) {
      case "", "not-running" -> WaitCondition.NOT_RUNNING;
      case "next-exit" -> WaitCondition.NEXT_EXIT;
      case "removed" -> WaitCondition.REMOVED;
      case String unknown -> throw Refusal.invalid("invalid condition: \"" + unknown + "\"");
    };
  }

  static Map<String, List<String>> listFilters(Call call) {
    var filters = Filters.of(call, FILTERS);
    values(filters, "status", STATES);
    values(filters, "health", HEALTH);
    return filters;
  }

  private static void values(Map<String, List<String>> filters, String name, Set<String> known) {
    for (String value : filters.getOrDefault(name, List.of())) {
      Refusal.when(!known.contains(value), "invalid filter '" + name + "=" + value + "'");
    }
  }

  static Map<String, List<String>> pruneFilters(Call call) {
    return Filters.of(call, Set.of("until", "label", "label!"));
  }
}
