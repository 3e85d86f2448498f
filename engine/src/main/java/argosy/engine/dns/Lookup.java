package argosy.engine.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a name or an address means to a container: in its own networks and in no other. The rule for
 * {@code NAME.NETWORK} is libnetwork's. Pure.
 *
 * @param names by the network's id
 */
record Lookup(Scope scope, Function<String, NetworkNames> names) {

  /** Addresses in the first network that knows the name; empty when none does. */
  List<String> addresses(String asked) {
    String name = asked.toLowerCase(Locale.ROOT);
    for (Reading reading : readings(name)) {
      for (Scope.Place place : scope.places()) {
        if (reading.network().isEmpty() || reading.network().equalsIgnoreCase(place.name())) {
          var found = addresses(place, reading.name());
          if (!found.isEmpty()) {
            return found;
          }
        }
      }
    }
    return List.of();
  }

  /** {@code NAME.NETWORK} of who has the address, in one of its networks. */
  Optional<String> name(String address) {
    for (Scope.Place place : scope.places()) {
      String name = names.apply(place.network()).name(address);
      if (!name.isEmpty()) {
        return Optional.of(name + "." + place.name());
      }
    }
    return Optional.empty();
  }

  private List<String> addresses(Scope.Place place, String name) {
    var known = names.apply(place.network());
    String linked = place.links().getOrDefault(name, "");
    var found = linked.isEmpty() ? List.<String>of() : known.addresses(linked);
    return found.isEmpty() ? known.addresses(name) : found;
  }

  /** A name in some network; {@code network} "" for any. */
  private record Reading(String name, String network) {}

  /** As it stands, then each of its endings taken for a network's name. */
  private static List<Reading> readings(String name) {
    var all = new ArrayList<Reading>();
    all.add(new Reading(name, ""));
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      all.add(new Reading(name.substring(0, dot), name.substring(dot + 1)));
    }
    return all;
  }
}
