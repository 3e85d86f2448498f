package argosy.http.dispatch;

import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Who failed at what every node was asked to do; the answers come in from several threads. */
final class Attempt {
  private final int nodes;
  private final ConcurrentSkipListMap<String, String> failures = new ConcurrentSkipListMap<>();

  /**
   * @param nodes how many were to do it, the silent ones too
   */
  Attempt(int nodes) {
    this.nodes = nodes;
  }

  /** Notes that a node failed; the first reason is kept. */
  void failed(String node, String reason) {
    failures.putIfAbsent(node, reason);
  }

  /** Every node's reason in one sentence, once none can succeed any more. */
  Optional<String> error() {
    return failures.size() < nodes
        ? Optional.empty()
        : Optional.of(
            failures.entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue())
                .collect(Collectors.joining("; ")));
  }
}
