package argosy.cluster.directory;

import argosy.cluster.gateway.Gather;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Finds the node that has a thing by asking all that can be reached. Stages never fail. */
public final class Directory {
  private final Supplier<Links> links;
  private final Hints hints = new Hints();

  public Directory(Supplier<Links> links) {
    this.links = links;
  }

  /**
   * A thing's place.
   *
   * @param reference what to call it there: without a {@code @node}
   */
  public record Place(Link link, String reference) {}

  /** The node of a container by name, {@code name@node}, id or unique prefix. */
  public CompletionStage<Outcome<Place>> container(String reference) {
    Links now = links.get();
    int at = reference.lastIndexOf('@');
    if (at > 0) {
      String node = reference.substring(at + 1);
      return CompletableFuture.completedStage(
          named(now, node).map(link -> new Place(link, reference.substring(0, at))));
    }
    Optional<Link> hint = hinted(now, reference);
    if (hint.isPresent()) {
      return CompletableFuture.completedStage(Outcome.ok(new Place(hint.get(), reference)));
    }
    return Gather.from(
            now.reachable(),
            now.gather(),
            link -> link.engine().containers(new ContainerRequest.Inspect(reference, false)))
        .thenApply(answers -> resolve(reference, now, answers));
  }

  private Outcome<Place> resolve(String reference, Links now, Gather.Answers<Container> answers) {
    answers.good().forEach((link, container) -> hints.put(container.id(), link.facts().id()));
    Optional<Failure> ambiguous =
        answers.failures().values().stream().filter(Failure.Invalid.class::isInstance).findFirst();
    if (answers.good().isEmpty() && ambiguous.isPresent()) {
      return Outcome.failed(ambiguous.get());
    }
    return Resolution.of(reference, answers.good(), silent(now, answers.silent()))
        .map(link -> new Place(link, reference));
  }

  /** The node on which an exec runs. */
  public CompletionStage<Outcome<Place>> exec(String id) {
    Links now = links.get();
    Optional<Link> hint = hinted(now, id);
    if (hint.isPresent()) {
      return CompletableFuture.completedStage(Outcome.ok(new Place(hint.get(), id)));
    }
    return Gather.from(
            now.reachable(),
            now.gather(),
            link -> link.engine().containers(new ContainerRequest.InspectExec(id)))
        .thenApply(
            answers -> first(answers, id, new Failure.NotFound("No such exec instance: " + id)));
  }

  /** A node that has an image; this host if it has it. */
  public CompletionStage<Outcome<Place>> image(String reference) {
    Links now = links.get();
    return Gather.from(
            now.reachable(),
            now.gather(),
            link -> link.engine().images(new ImageRequest.Inspect(reference)))
        .thenApply(answers -> first(answers, reference, Failure.noSuchImage(reference)));
  }

  private <T> Outcome<Place> first(Gather.Answers<T> answers, String reference, Failure missing) {
    Optional<Link> owner = answers.good().keySet().stream().findFirst();
    if (owner.isPresent()) {
      if (Hints.full(reference)) {
        hints.put(reference, owner.get().facts().id());
      }
      return Outcome.ok(new Place(owner.get(), reference));
    }
    return Outcome.failed(
        answers.failures().values().stream()
            .filter(failure -> failure.getClass() == missing.getClass())
            .findFirst()
            .orElse(missing));
  }

  /** A reachable node by name or id. */
  public static Outcome<Link> named(Links now, String nameOrId) {
    for (Link link : now.reachable()) {
      if (link.name().equals(nameOrId) || link.facts().id().equals(nameOrId)) {
        return Outcome.ok(link);
      }
    }
    return Outcome.failed(
        now.silent().contains(nameOrId)
            ? new Failure.Unavailable(
                "node " + nameOrId + " does not answer: it can not be reached")
            : new Failure.NotFound("No such node: " + nameOrId));
  }

  /** It was just made there, or just seen there. */
  public void hint(String id, Link link) {
    hints.put(id, link.facts().id());
  }

  /** It is not where it was said to be; true if that was said. */
  public boolean forget(String id) {
    return hints.drop(id);
  }

  private Optional<Link> hinted(Links now, String reference) {
    return Hints.full(reference)
        ? hints
            .node(reference)
            .flatMap(node ->
                now.reachable().stream().filter(link -> link.facts().id().equals(node)).findFirst())
        : Optional.empty();
  }

  private static List<String> silent(Links now, List<String> late) {
    var all = new ArrayList<>(now.silent());
    all.addAll(late);
    return all;
  }
}
