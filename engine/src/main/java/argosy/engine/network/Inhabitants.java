package argosy.engine.network;

import argosy.engine.network.NetworkRequest.Network;
import java.util.Map;
import java.util.stream.Collectors;

/** Who runs in a network, as it is shown. Pure. */
final class Inhabitants {
  private Inhabitants() {}

  /** {@code endpoints}: by container id. */
  static Network of(Network network, Map<String, Endpoint> endpoints) {
    return network.shown(network.labels(), endpoints);
  }

  /** In Docker's words, for the refusal to remove a network that is in use. */
  static String text(Map<String, Endpoint> endpoints) {
    return endpoints.values().stream()
        .map(endpoint ->
            "name:\"%s\" id:\"%.12s\"".formatted(endpoint.containerName(), endpoint.container()))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
