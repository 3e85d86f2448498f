package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.protocol.Filters;
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
  private static final Set<String> PRUNABLE = Set.of("label", "label!", "until");

  private final Map<String, Network> networks = new LinkedHashMap<>();
  private final Map<String, Leases> leases = new LinkedHashMap<>();

  void add(Network network) {
    networks.put(network.id(), network);
    if (BridgeOptions.isBridge(network)) {
      leases.put(network.id(), BridgeOptions.leases(network));
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

  List<Cidr> subnets() {
    return networks.values().stream()
        .filter(BridgeOptions::isBridge)
        .map(BridgeOptions::subnet)
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

  /** Networks nobody uses. {@code until} is the caller's to apply. */
  List<Network> prunable(Filters filters, Predicate<Network> idle) {
    filters.only(PRUNABLE);
    if (filters.has("until")) {
      throw new Refused(
          new Failure.NotImplemented("Argosy does not prune networks by \"until\" yet"));
    }
    return networks.values().stream()
        .filter(network -> !BUILTIN.contains(network.name()))
        .filter(idle)
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
