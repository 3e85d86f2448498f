package argosy.cluster.placement;

import argosy.engine.HostRequest.HostFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses nodes for a container. Filters first, each with its reason; then the rest by least
 * containers that run, least that rest, most memory, and name, so that the same facts always give
 * the same order.
 */
public final class Placement {
  private Placement() {}

  /**
   * The result.
   *
   * @param fit names of the nodes to try, the best first
   * @param refused why each of the others will not do, by name
   * @param imageMissing no node that would do otherwise has the image
   */
  public record Ranking(List<String> fit, Map<String, String> refused, boolean imageMissing) {
    public Ranking {
      fit = List.copyOf(fit);
    }

    /** One sentence with every node's reason. */
    public static String sentence(String thing, Map<String, String> refused) {
      var reasons = new ArrayList<String>();
      refused.forEach((node, reason) -> reasons.add(node + " " + reason));
      return "no node can take %s: %s".formatted(thing, String.join("; ", reasons));
    }
  }

  /**
   * Ranks the candidates.
   *
   * @param owners for each container in {@link Wish#containers()} the name of its node
   */
  public static Ranking rank(Wish wish, Map<String, String> owners, List<Candidate> nodes) {
    Set<String> placed = new HashSet<>();
    nodes.forEach(node -> placed.addAll(node.volumes()));
    var refused = new LinkedHashMap<String, String>();
    var fit = new ArrayList<Candidate>();
    for (Candidate node : nodes) {
      refusal(wish, owners, placed, node)
          .ifPresentOrElse(reason -> refused.put(node.name(), reason), () -> fit.add(node));
    }
    boolean imageMissing = !fit.isEmpty() && fit.stream().noneMatch(Candidate::hasImage);
    for (Candidate node : List.copyOf(fit)) {
      if (!node.hasImage()) {
        fit.remove(node);
        refused.put(node.name(), "does not have the image " + wish.spec().image());
      }
    }
    return new Ranking(
        fit.stream().sorted(ORDER).map(Candidate::name).toList(), refused, imageMissing);
  }

  private static final Comparator<Candidate> ORDER =
      Comparator.<Candidate>comparingInt(
              node -> node.facts().counts().running() + node.facts().counts().paused())
          .thenComparingInt(node -> node.facts().counts().stopped())
          .thenComparing(node -> node.facts().memory(), Comparator.reverseOrder())
          .thenComparing(Candidate::name);

  private static Optional<String> refusal(
      Wish wish, Map<String, String> owners, Set<String> placed, Candidate node) {
    for (Constraint constraint : wish.constraints()) {
      Optional<String> reason = constraint.refusal(node.name(), node.id(), node.labels());
      if (reason.isPresent()) {
        return reason;
      }
    }
    return neighbours(wish, owners, node)
        .or(() -> belongings(wish, placed, node))
        .or(() -> room(wish, node.facts()))
        .or(() -> kind(wish, node.facts()));
  }

  private static Optional<String> neighbours(
      Wish wish, Map<String, String> owners, Candidate node) {
    return wish.containers().stream()
        .filter(other -> !node.name().equals(owners.get(other)))
        .map(other -> "does not run the container %s it has to be with".formatted(other))
        .findFirst();
  }

  private static Optional<String> belongings(Wish wish, Set<String> placed, Candidate node) {
    Optional<String> network =
        wish.networks().stream()
            .filter(name -> !node.networks().contains(name))
            .map("has no network %s"::formatted)
            .findFirst();
    return network.or(() ->
        wish.volumes().stream()
            .filter(name -> placed.contains(name) && !node.volumes().contains(name))
            .map("does not have the volume %s, another node does"::formatted)
            .findFirst());
  }

  private static Optional<String> room(Wish wish, HostFacts facts) {
    var asked = wish.spec().resources();
    if (asked.memory().limit() > facts.memory()) {
      return Optional.of(
          "has %d bytes of memory, fewer than the limit of %d"
              .formatted(facts.memory(), asked.memory().limit()));
    }
    if (asked.cpu().nano() > facts.cpus() * 1_000_000_000L) {
      return Optional.of(
          "has %d CPUs, fewer than the %s asked for"
              .formatted(facts.cpus(), asked.cpu().nano() / 1e9));
    }
    return Optional.empty();
  }

  private static Optional<String> kind(Wish wish, HostFacts facts) {
    String runtime = wish.spec().runtime();
    if (runtime != null && !runtime.isEmpty() && !facts.runtimes().containsKey(runtime)) {
      return Optional.of("has no runtime " + runtime);
    }
    String platform = wish.spec().platform();
    if (platform == null || platform.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = platform.split("/");
    String wanted = architecture(parts.length > 1 ? parts[1] : parts[0]);
    boolean other = !wanted.equals("linux") && !wanted.equals(architecture(facts.architecture()));
    return other
        ? Optional.of("is %s, not %s".formatted(architecture(facts.architecture()), wanted))
        : Optional.empty();
  }

  /** The kernel's names and Docker's names for the same thing. */
  private static String architecture(String name) {
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }
}
