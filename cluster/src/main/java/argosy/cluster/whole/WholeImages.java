package argosy.cluster.whole;

import argosy.cluster.directory.Directory.Place;
import argosy.cluster.gateway.Gather;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.Image;
import argosy.engine.image.ImageContent;
import argosy.engine.image.ImageRequest;
import argosy.engine.image.ImageRequest.Listed;
import argosy.engine.image.ImageRequest.Measured;
import argosy.engine.image.ImageRequest.Removed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** The images of all nodes: one row for an image, however many nodes have it. */
final class WholeImages {
  private final View view;

  WholeImages(View view) {
    this.view = view;
  }

  CompletionStage<? extends Outcome<?>> answer(ImageRequest<?> request) {
    return switch (request) {
      case ImageRequest.Find find -> find(find);
      case ImageRequest.Inspect inspect -> inspect(inspect);
      case ImageRequest.Measure measure ->
          view.gather(link -> link.engine().images(measure), answers -> measured(answers.values()));
      case ImageRequest.Tag tag ->
          whereItIs(tag.reference(), link -> link.engine().images(tag), _ -> new Done());
      case ImageRequest.Remove remove ->
          whereItIs(remove.reference(), link -> link.engine().images(remove), WholeImages::removed);
      case ImageRequest.Prune prune -> prune(prune);
    };
  }

  private CompletionStage<Outcome<Listed>> find(ImageRequest.Find find) {
    return view.gather(link -> link.engine().images(find), answers -> listed(answers.values()));
  }

  private static Listed listed(Collection<Listed> answers) {
    var byId = new LinkedHashMap<String, Image>();
    answers.stream()
        .flatMap(one -> one.images().stream())
        .forEach(image -> byId.merge(image.id(), image, WholeImages::united));
    return new Listed(
        byId.values().stream().sorted(Comparator.comparing(WholeImages::made).reversed()).toList());
  }

  private static Measured measured(Collection<Measured> answers) {
    var byId = new HashMap<String, ImageContent>();
    answers.forEach(one -> one.contents().forEach(byId::putIfAbsent));
    return new Measured(byId);
  }

  private static Instant made(Image image) {
    Instant created = image.created();
    return created == null ? Instant.EPOCH : created;
  }

  private static Image united(Image a, Image b) {
    return new Image(
        a.id(),
        union(a.tags(), b.tags()),
        union(a.digests(), b.digests()),
        a.layers(),
        a.diffIds(),
        a.config(),
        a.created(),
        a.author(),
        a.architecture(),
        a.os(),
        a.variant(),
        a.comment(),
        a.parent(),
        a.size(),
        a.history());
  }

  private static List<String> union(List<String> a, List<String> b) {
    return List.copyOf(new LinkedHashSet<>(Stream.concat(a.stream(), b.stream()).toList()));
  }

  private CompletionStage<Outcome<Image>> inspect(ImageRequest.Inspect inspect) {
    return view.directory()
        .image(inspect.reference())
        .thenCompose(outcome ->
            switch (outcome) {
              case Outcome.Ok<Place>(var place) -> place.link().engine().images(inspect);
              case Outcome.Failed<Place>(var failure) ->
                  CompletableFuture.completedStage(Outcome.failed(failure));
            });
  }

  /** Does something on every node that has the image; NotFound when none has. */
  private <R> CompletionStage<Outcome<R>> whereItIs(
      String reference,
      Function<Link, CompletionStage<Outcome<R>>> act,
      Function<Collection<R>, R> merge) {
    Links now = view.links().get();
    now.silent().forEach(view.silent());
    return Gather.from(
            now.reachable(),
            now.gather(),
            link -> link.engine().images(new ImageRequest.Inspect(reference)))
        .thenCompose(answers -> {
          List<Link> having = List.copyOf(answers.good().keySet());
          answers.silent().forEach(view.silent());
          return having.isEmpty()
              ? CompletableFuture.completedStage(Outcome.<R>failed(missing(reference, answers)))
              : on(having, act, merge);
        });
  }

  private static Failure missing(String reference, Gather.Answers<Image> answers) {
    return answers.failures().values().stream()
        .filter(failure -> failure instanceof Failure.NotFound)
        .findFirst()
        .orElse(Failure.noSuchImage(reference));
  }

  /** All of them, or the first failure with the node it comes from. */
  private static <R> CompletionStage<Outcome<R>> on(
      List<Link> nodes,
      Function<Link, CompletionStage<Outcome<R>>> act,
      Function<Collection<R>, R> merge) {
    return Gather.from(nodes, new ImageRequest.Inspect("").patience(), act)
        .thenApply(answers ->
            answers.failures().entrySet().stream()
                .findFirst()
                .map(entry -> Outcome.<R>failed(Failures.on(entry.getKey(), entry.getValue())))
                .orElseGet(() -> Outcome.ok(merge.apply(answers.good().values()))));
  }

  private static Removed removed(Collection<Removed> parts) {
    var steps = new LinkedHashSet<Removed.Step>();
    parts.forEach(part -> steps.addAll(part.steps()));
    return new Removed(new ArrayList<>(steps), parts.stream().mapToLong(Removed::reclaimed).sum());
  }

  private CompletionStage<Outcome<Removed>> prune(ImageRequest.Prune prune) {
    return view.gather(
        view.links().get().reachable(),
        prune.patience(),
        link -> link.engine().images(prune),
        (Map<Link, Removed> answers) -> removed(answers.values()));
  }
}
