package argosy.http.image;

import argosy.engine.image.ImageRegistries.Hit;
import argosy.http.answer.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The filters of a search: what the index finds is sorted out here, as in Docker. */
record SearchFilter(List<Boolean> official, List<Boolean> automated, int stars)
    implements Predicate<Hit> {
  private static final Set<String> KNOWN = Set.of("is-automated", "is-official", "stars");

  static SearchFilter of(Map<String, List<String>> filters) {
    for (String name : filters.keySet()) {
      Refusal.when(!KNOWN.contains(name), "invalid filter '" + name + "'");
    }
    return new SearchFilter(
        flags(filters, "is-official"),
        flags(filters, "is-automated"),
        filters.getOrDefault("stars", List.of()).stream()
            .mapToInt(given -> number(given))
            .max()
            .orElse(0));
  }

  private static List<Boolean> flags(Map<String, List<String>> filters, String name) {
    return filters.getOrDefault(name, List.of()).stream()
        .map(given -> {
          boolean yes = Set.of("1", "true").contains(given);
          Refusal.when(
              !yes && !Set.of("0", "false").contains(given),
              "invalid filter '%s=[%s]'".formatted(name, given));
          return yes;
        })
        .toList();
  }

  private static int number(String given) {
    Refusal.when(!given.matches("[0-9]{1,9}"), "invalid filter 'stars=[%s]'".formatted(given));
    return Integer.parseInt(given);
  }

  @Override
  public boolean test(Hit hit) {
    return official.stream().allMatch(wanted -> wanted == hit.official())
        && automated.stream().allMatch(wanted -> wanted == hit.automated())
        && hit.stars() >= stars;
  }
}
