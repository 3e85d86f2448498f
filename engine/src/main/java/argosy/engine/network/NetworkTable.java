package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.protocol.Filters;
import argosy.engine.protocol.PointInTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which networks there are and who has which of their addresses. Decides, touches nothing. */
final class NetworkTable {
  /** Networks that are always there. */
  static final Set<String> BUILTIN = Set.of("bridge", "host", "none");

  private static final Set<String> LISTABLE =
      Set.of("dangling", "driver", "id", "label", "label!", "name", "scope", "type");
  private static final Set<String> TYPES = Set.of("builtin", "custom");
  private static final Set<String> PRUNABLE = Set.of("label", "label!", "until");

  private final Duration rest;
  private final InstantSource clock;
  private final Map<String, Network> networks = new LinkedHashMap<>();
  private final Map<String, Leases> leases = new LinkedHashMap<>();

  /** {@code rest}: for how long an address that came back is not given to another container. */
  NetworkTable(Duration rest, InstantSource clock) {
    this.rest = rest;
    this.clock = clock;
  }

  void add(Network network) {
    networks.put(network.id(), network);
    if (BridgeOptions.isBridge(network)) {
      leases.put(network.id(), BridgeOptions.leases(network, rest, clock));
    }
  }

  void forget(String id) {
    networks.remove(id);
    leases.remove(id);
  }

  /** Of a network of the bridge driver. */
  Optional<Leases> leases(String id) {
    return Optional.ofNullable(leases.get(id));
  }

  Collection<Network> all() {
    return List.copyOf(networks.values());
  }

  /** Other networks have their settings from it. */
  boolean isTemplate(Network network) {
    return network.configOnly()
        && networks.values().stream().anyMatch(each -> each.configFrom().equals(network.name()));
  }

  /** Hexadecimal digits that only this host has: the default bridge's id. */
  String site() {
    return named("bridge").orElseThrow().id();
  }

  List<Subnet> subnets() {
    return networks.values().stream()
        .filter(BridgeOptions::isBridge)
        .flatMap(network -> BridgeOptions.subnets(network).stream())
        .toList();
  }

  Optional<Network> withId(String id) {
    return Optional.ofNullable(networks.get(id));
  }

  Optional<Network> named(String name) {
    return networks.values().stream().filter(network -> network.name().equals(name)).findFirst();
  }

  /** By id, name, or unique prefix of an id, in this order; refuses with Docker's text. */
  Network find(String reference) {
    Network exact = networks.get(reference);
    if (exact != null) {
      return exact;
    }
    return named(reference).orElseGet(() -> byPrefix(reference));
  }

  List<Network> list(Filters filters, Predicate<Network> idle) {
    filters.only(LISTABLE);
    boolean dangling = filters.flag("dangling", false);
    for (String type : filters.of("type")) {
      if (!TYPES.contains(type)) {
        throw new Refused(new Failure.Invalid("invalid filter: 'type'='" + type + "'"));
      }
    }
    return networks.values().stream()
        .filter(network ->
            !filters.has("dangling")
                || (idle.test(network) && !BUILTIN.contains(network.name())) == dangling)
        .filter(matches(filters, "driver", Network::driver, String::equals))
        .filter(matches(filters, "id", Network::id, String::startsWith))
        .filter(matches(filters, "name", Network::name, String::contains))
        .filter(matches(filters, "scope", _ -> "local", String::equals))
        .filter(matches(filters, "type", NetworkTable::type, String::equals))
        .filter(network -> filters.labels(network.labels()))
        .sorted(Comparator.comparing(Network::name))
        .toList();
  }

  /** Those the user may remove that nobody uses, in the order in which they were made. */
  List<Network> prunable(Filters filters, Predicate<Network> idle, Instant now) {
    filters.only(PRUNABLE);
    var until = filters.of("until").stream().map(text -> PointInTime.parse(text, now)).toList();
    return networks.values().stream()
        .filter(network -> !BUILTIN.contains(network.name()))
        .filter(idle)
        .filter(network -> until.stream().allMatch(network.created()::isBefore))
        .filter(network -> filters.labels(network.labels()))
        .toList();
  }

  /** Refuses a name that is not to be created. */
  void checkName(String name) {
    if (name.isBlank()) {
      throw new Refused(new Failure.Invalid("invalid name: " + name));
    }
    if (BUILTIN.contains(name) || name.equals("default")) {
      throw new Refused(
          new Failure.Forbidden("operation is not permitted on predefined " + name + " network"));
    }
    if (named(name).isPresent()) {
      throw new Refused(new Failure.Conflict("network with name " + name + " already exists"));
    }
  }

  private Network byPrefix(String reference) {
    var found =
        networks.values().stream()
            .filter(network -> !reference.isEmpty() && network.id().startsWith(reference))
            .toList();
    return switch (found.size()) {
      case 1 -> found.getFirst();
      case 0 -> throw new Refused(new Failure.NotFound("network " + reference + " not found"));
      default ->
          throw new Refused(
              new Failure.Invalid(
                  "network %s is ambiguous (%d matches found based on ID prefix)"
                      .formatted(reference, found.size())));
    };
  }

  private static String type(Network network) {
    return BUILTIN.contains(network.name()) ? "builtin" : "custom";
  }

  private interface Matching {
    boolean test(String actual, String wanted);
  }

  private static Predicate<Network> matches(
      Filters filters, String key, Function<Network, String> value, Matching matching) {
    return network -> filters.any(key, wanted -> matching.test(value.apply(network), wanted));
  }
}
