package argosy.engine.volume;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.protocol.Filters;
import argosy.engine.volume.VolumeRequest.Volume;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Which volumes there are and which containers hold them. Decides, touches nothing. */
final class VolumeTable {
  private static final Set<String> LISTABLE = Set.of("dangling", "driver", "label", "name");
  private static final Set<String> PRUNABLE = Set.of("all", "label", "label!");

  private final Map<String, Volume> volumes = new TreeMap<>();
  private final Map<String, Set<String>> holders = new HashMap<>();

  void add(Volume volume) {
    volumes.put(volume.name(), volume);
  }

  void forget(String name) {
    volumes.remove(name);
    holders.remove(name);
  }

  Optional<Volume> find(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  Volume get(String name) {
    return find(name)
        .orElseThrow(() -> new Refused(new Failure.NotFound("get " + name + ": no such volume")));
  }

  void hold(String name, String container) {
    holders.computeIfAbsent(name, _ -> new TreeSet<>()).add(container);
  }

  /** Lets go of everything the container holds; what it held comes back, by name. */
  List<Volume> release(String container) {
    List<Volume> held = heldBy(container);
    holders.values().forEach(containers -> containers.remove(container));
    return held;
  }

  /** What the container holds, by name. */
  List<Volume> heldBy(String container) {
    return volumes.values().stream().filter(volume -> holders(volume).contains(container)).toList();
  }

  List<Volume> all() {
    return List.copyOf(volumes.values());
  }

  boolean idle(Volume volume) {
    return holders(volume).isEmpty();
  }

  /** Refuses with Docker's text to remove what a container holds. */
  Volume removable(String name) {
    Volume volume = get(name);
    if (!idle(volume)) {
      throw new Refused(
          new Failure.Conflict(
              holders(volume).stream()
                  .collect(
                      Collectors.joining(", ", "remove " + name + ": volume is in use - [", "]"))));
    }
    return volume;
  }

  List<Volume> list(Filters filters) {
    filters.only(LISTABLE);
    boolean wantsDangling = filters.flag("dangling", false);
    return volumes.values().stream()
        .filter(volume -> !filters.has("dangling") || idle(volume) == wantsDangling)
        .filter(volume -> filters.any("driver", volume.driver()::equals))
        .filter(volume -> filters.any("name", wanted -> fits(wanted, volume.name())))
        .filter(volume -> filters.labels(volume.labels()))
        .sorted(Comparator.comparing(Volume::name))
        .toList();
  }

  /** As in Docker, a name filter is an expression that fits somewhere; one that is none never. */
  private static boolean fits(String expression, String name) {
    try {
      return Pattern.compile(expression).matcher(name).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** Nobody's volumes: the anonymous ones, or with {@code all} the named ones too. */
  List<Volume> prunable(boolean all, Filters filters) {
    filters.only(PRUNABLE);
    boolean named = all || filters.flag("all", false);
    return volumes.values().stream()
        .filter(this::idle)
        .filter(volume -> named || volume.anonymous())
        .filter(volume -> filters.labels(volume.labels()))
        .toList();
  }

  private Set<String> holders(Volume volume) {
    return holders.getOrDefault(volume.name(), Set.of());
  }
}
