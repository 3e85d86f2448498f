package argosy.http.container;

import argosy.engine.container.Container;
import argosy.engine.failure.Outcome;
import argosy.engine.network.NetworkRequest;
import argosy.engine.network.NetworkRequest.Network;
import argosy.http.endpoint.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The ids of networks by name. A stopped container still names the network's id: Compose takes one
 * that does not for a container whose network was exchanged, and makes it anew.
 */
record NetworkIds(Map<String, String> byName) {
  static final NetworkIds UNKNOWN = new NetworkIds(Map.of());

  /** "" for a network that is gone. */
  String of(String network) {
    return byName.getOrDefault(network, "");
  }

  /** Asks only where a container rests; the others know their networks. */
  static CompletionStage<NetworkIds> of(Call call, List<Container> containers) {
    if (containers.stream().allMatch(each -> each.sandbox() != null)) {
      return CompletableFuture.completedFuture(UNKNOWN);
    }
    return call.engine().networks(new NetworkRequest.Find(Map.of())).thenApply(NetworkIds::known);
  }

  private static NetworkIds known(Outcome<NetworkRequest.Listed> answer) {
    return switch (answer) {
      case Outcome.Failed<NetworkRequest.Listed> _ -> UNKNOWN;
      case Outcome.Ok<NetworkRequest.Listed>(var listed) -> {
        var ids = new HashMap<String, String>();
        for (Network network : listed.networks()) {
          ids.put(network.name(), network.id());
          ids.put(network.id(), network.id());
        }
        yield new NetworkIds(Map.copyOf(ids));
      }
    };
  }
}
