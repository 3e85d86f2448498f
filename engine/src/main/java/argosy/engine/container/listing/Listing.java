package argosy.engine.container.listing;

import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest.Find;
import argosy.engine.container.Lifecycle;
import argosy.engine.container.life.Move;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.PointInTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The rows of {@code docker ps}: newest first, filtered as Docker filters. */
public final class Listing {
  private static final Set<String> STATES =
      Set.of("created", "restarting", "running", "removing", "paused", "exited", "dead");

  private final Find find;
  private final Function<String, Container> byReference;

  private Listing(Find find, Function<String, Container> byReference) {
    this.find = find;
    this.byReference = byReference;
  }

  /**
   * What the query shows; refused when a filter is not known or not readable.
   *
   * @param byReference for {@code before} and {@code since}; throws Refused for what is not there
   */
  public static List<Container> select(
      Find find, List<Container> all, Function<String, Container> byReference) {
    var listing = new Listing(find, byReference);
    Predicate<Container> shown = listing.shown();
    var rows =
        all.stream()
            .filter(shown)
            .sorted(Comparator.comparing(Container::created).reversed())
            .toList();
    return find.limit() > 0 && rows.size() > find.limit() ? rows.subList(0, find.limit()) : rows;
  }

  private Predicate<Container> shown() {
    var conditions = new ArrayList<Predicate<Container>>();
    find.filters().forEach((name, values) -> conditions.add(condition(name, values)));
    boolean all = find.all() || find.limit() > 0 || find.filters().containsKey("status");
    if (!all) {
      conditions.add(container -> isUp(container.state()));
    }
    return conditions.stream().reduce(_ -> true, Predicate::and);
  }

  private static boolean isUp(Lifecycle state) {
    return Move.alive(state) || state instanceof Lifecycle.Restarting;
  }

  private Predicate<Container> condition(String name, List<String> values) {
    return switch (name) {
      case "ancestor" -> any(values, ContainerFilters::ancestor);
      case "before" -> before(values);
      case "since" -> since(values);
      case "exited" -> any(values, ContainerFilters::exited);
      case "health" -> any(values, ContainerFilters::health);
      case "id" -> any(values, ContainerFilters::id);
      case "label" -> all(values, ContainerFilters::label);
      case "name" -> any(values, ContainerFilters::name);
      case "network" -> any(values, ContainerFilters::network);
      case "publish" -> any(values, ContainerFilters::publish);
      case "expose" -> any(values, ContainerFilters::expose);
      case "status" -> any(checked(values), ContainerFilters::status);
      case "volume" -> any(values, ContainerFilters::volume);
      case "is-task" -> any(values, value -> _ -> value.equals("false") || value.equals("0"));
      case "isolation" -> _ -> true;
      default -> throw new Refused(new Failure.Invalid("invalid filter '" + name + "'"));
    };
  }

  private static List<String> checked(List<String> states) {
    for (String state : states) {
      if (!STATES.contains(state)) {
        throw new Refused(new Failure.Invalid("invalid filter 'status=" + state + "'"));
      }
    }
    return states;
  }

  private Predicate<Container> before(List<String> values) {
    return any(
        values,
        value -> {
          var border = byReference.apply(value).created();
          return container -> container.created().isBefore(border);
        });
  }

  private Predicate<Container> since(List<String> values) {
    return any(
        values,
        value -> {
          var border = byReference.apply(value).created();
          return container -> container.created().isAfter(border);
        });
  }

  static Predicate<Container> any(List<String> values, Function<String, Predicate<Container>> one) {
    var each = values.stream().map(one).toList();
    return container ->
        each.isEmpty() || each.stream().anyMatch(matches -> matches.test(container));
  }

  private static Predicate<Container> all(
      List<String> values, Function<String, Predicate<Container>> one) {
    var each = values.stream().map(one).toList();
    return container -> each.stream().allMatch(matches -> matches.test(container));
  }

  /** What a prune takes: stopped ones, narrowed by {@code until}, {@code label}, {@code label!}. */
  public static Predicate<Container> prunable(Map<String, List<String>> filters, Instant now) {
    Predicate<Container> stopped =
        container ->
            switch (container.state()) {
              case Lifecycle.Created _, Lifecycle.Exited _, Lifecycle.Dead _ -> true;
              case Lifecycle.Starting _,
                  Lifecycle.Running _,
                  Lifecycle.Paused _,
                  Lifecycle.Stopping _,
                  Lifecycle.Restarting _,
                  Lifecycle.Removing _ ->
                  false;
            };
    for (var filter : filters.entrySet()) {
      stopped = stopped.and(pruneCondition(filter.getKey(), filter.getValue(), now));
    }
    return stopped;
  }

  private static Predicate<Container> pruneCondition(
      String name, List<String> values, Instant now) {
    return switch (name) {
      case "label" -> all(values, ContainerFilters::label);
      case "label!" -> any(values, ContainerFilters::label).negate();
      case "until" ->
          all(
              values,
              value -> {
                var border = PointInTime.parse(value, now);
                return container -> container.created().isBefore(border);
              });
      default -> throw new Refused(new Failure.Invalid("invalid filter '" + name + "'"));
    };
  }
}
