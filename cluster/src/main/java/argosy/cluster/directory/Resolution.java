package argosy.cluster.directory;

import argosy.engine.container.Container;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the containers that the nodes found under one reference is meant: a full id before a
 * name before a prefix of an id, as on one host. When a healed split left two owners of a name, the
 * older keeps it and the other is reached as {@code name@node}.
 */
final class Resolution {
  private Resolution() {}

  /** How a reference names a container, the strongest first. */
  private enum Strength {
    ID,
    NAME,
    PREFIX
  }

  private record Hit<N>(N node, Container container, Strength strength) {}

  /** {@code found}: what each node answered; {@code silent}: who did not. */
  static <N> Outcome<N> of(String reference, Map<N, Container> found, List<String> silent) {
    String plain = plain(reference);
    List<Hit<N>> hits =
        found.entrySet().stream()
            .map(e -> new Hit<>(e.getKey(), e.getValue(), strength(plain, e.getValue())))
            .toList();
    Optional<Strength> best = hits.stream().map(Hit::strength).min(Comparator.naturalOrder());
    if (best.isEmpty()) {
      return Outcome.failed(missing(reference, silent));
    }
    List<Hit<N>> strongest = hits.stream().filter(hit -> hit.strength() == best.get()).toList();
    if (best.get() == Strength.PREFIX && strongest.size() > 1) {
      return Outcome.failed(ambiguous(plain));
    }
    return strongest.stream()
        .min(Comparator.comparing(hit -> hit.container().created()))
        .map(hit -> Outcome.ok(hit.node()))
        .orElseGet(() -> Outcome.failed(missing(reference, silent)));
  }

  /** Docker's text for a prefix that fits several ids. */
  static Failure ambiguous(String prefix) {
    return new Failure.Invalid("Multiple IDs found with provided prefix: " + prefix);
  }

  /** Docker's text, and who could not be asked. */
  static Failure missing(String reference, List<String> silent) {
    return Failure.noSuchContainer(
        silent.isEmpty()
            ? reference
            : reference + " (not asked, because silent: " + String.join(", ", silent) + ")");
  }

  private static Strength strength(String plain, Container container) {
    if (container.id().equals(plain)) {
      return Strength.ID;
    }
    return plain(container.name()).equals(plain) ? Strength.NAME : Strength.PREFIX;
  }

  static String plain(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }
}
