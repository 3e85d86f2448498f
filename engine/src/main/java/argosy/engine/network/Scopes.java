package argosy.engine.network;

import argosy.engine.dns.NetworkNames.Named;
import argosy.engine.dns.Scope;
import argosy.engine.dns.Scope.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What of the names a container sees, told from its sandbox. Pure. */
final class Scopes {
  private Scopes() {}

  /** True when it asks the engine for names: it is in a network that somebody made. */
  static boolean has(Sandbox sandbox) {
    return sandbox.endpoints().stream().anyMatch(Scopes::isNamed);
  }

  /** Its networks in the order in which they would lead out. */
  static Scope of(Sandbox sandbox) {
    return new Scope(
        sandbox.endpoints().stream()
            .filter(Scopes::isNamed)
            .sorted(Gateways.ORDER)
            .map(each -> new Place(each.networkId(), each.network(), links(each)))
            .toList(),
        sandbox.servers(),
        Gateways.of(sandbox.endpoints()).isPresent());
  }

  /** Names stand for endpoints of such networks only. */
  static boolean isNamed(Endpoint endpoint) {
    return endpoint.isWired() && !endpoint.dnsNames().isEmpty();
  }

  static Named named(Endpoint endpoint) {
    return new Named(endpoint.id(), endpoint.dnsNames(), addresses(endpoint));
  }

  private static List<String> addresses(Endpoint endpoint) {
    return Stream.of(endpoint.ipv4(), endpoint.ipv6())
        .filter(address -> !address.isEmpty())
        .toList();
  }

  /** {@code CONTAINER:ALIAS}, or a container alone. */
  private static Map<String, String> links(Endpoint endpoint) {
    var links = new HashMap<String, String>();
    for (String link : endpoint.asked().links()) {
      int colon = link.indexOf(':');
      String target = colon < 0 ? link : link.substring(0, colon);
      String alias = link.substring(colon + 1);
      links.put(alias.toLowerCase(Locale.ROOT), target.toLowerCase(Locale.ROOT));
    }
    return links;
  }
}
