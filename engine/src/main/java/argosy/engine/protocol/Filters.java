package argosy.engine.protocol;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a list or prune is narrowed to, by key: the values of one key are alternatives, the keys all
 * hold. Label filters are the exception, of which every one must hold (Docker Engine API, {@code
 * filters}).
 */
public record Filters(Map<String, List<String>> values) {
  public Filters {
    values = Map.copyOf(values);
  }

  /** Refuses with Docker's text what is not in {@code known}. */
  public Filters only(Set<String> known) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new Refused(new Failure.Invalid("invalid filter '" + key + "'"));
      }
    }
    return this;
  }

  public boolean has(String key) {
    return !of(key).isEmpty();
  }

  /** True when the key is not asked for, or one of its values satisfies {@code test}. */
  public boolean any(String key, Predicate<String> test) {
    return !has(key) || of(key).stream().anyMatch(test);
  }

  /** True when the labels satisfy every {@code label} and no {@code label!}. */
  public boolean labels(Map<String, String> labels) {
    return of("label").stream().allMatch(wanted -> carries(labels, wanted))
        && of("label!").stream().noneMatch(unwanted -> carries(labels, unwanted));
  }

  /** A yes-or-no key as Docker reads it; refuses other words and several at once. */
  public boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    List<String> given = of(key);
    return switch (given.size() == 1 ? given.getFirst() : "") {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new Refused(new Failure.Invalid("invalid filter '" + key + "=" + given + "'"));
    };
  }

  public List<String> of(String key) {
    return values.getOrDefault(key, List.of());
  }

  private static boolean carries(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }
}
