package argosy.cluster.whole;

import argosy.cluster.directory.Directory;
import argosy.cluster.gateway.Gather;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.cluster.placement.Constraint;
import argosy.cluster.placement.Placement;
import argosy.cluster.placement.Wish;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeRequest.Listed;
import argosy.engine.volume.VolumeRequest.Measured;
import argosy.engine.volume.VolumeRequest.Sized;
import argosy.engine.volume.VolumeRequest.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Volumes lie on one node each. One made here lies on the node that was asked, unless its label
 * {@code io.argosy.constraint} says otherwise; containers that name it are placed where it is.
 */
final class WholeVolumes {
  private final View view;

  WholeVolumes(View view) {
    this.view = view;
  }

  CompletionStage<? extends Outcome<?>> answer(VolumeRequest<?> request) {
    return switch (request) {
      case VolumeRequest.Find find -> find(find);
      case VolumeRequest.Inspect inspect ->
          at(
              inspect.name(),
              place ->
                  place
                      .link()
                      .engine()
                      .volumes(new VolumeRequest.Inspect(place.reference()))
                      .thenApply(found -> found.map(v -> Labelled.volume(v, place.link().name()))));
      case VolumeRequest.Create create -> create(create);
      case VolumeRequest.Clone clone ->
          at(
              clone.source(),
              place ->
                  place
                      .link()
                      .engine()
                      .volumes(
                          new VolumeRequest.Clone(place.reference(), clone.name(), clone.labels()))
                      .thenApply(made -> made.map(v -> Labelled.volume(v, place.link().name()))));
      case VolumeRequest.Remove remove ->
          at(
              remove.name(),
              place ->
                  place
                      .link()
                      .engine()
                      .volumes(new VolumeRequest.Remove(place.reference(), remove.force())));
      case VolumeRequest.Prune prune -> prune(prune);
      case VolumeRequest.Measure measure -> measure(measure);
    };
  }

  private CompletionStage<Outcome<Listed>> find(VolumeRequest.Find find) {
    var nodes = NodeFilter.of(find.filters());
    var now = view.links().get();
    return view.gather(
        now.reachable().stream().filter(link -> nodes.fits(link.name())).toList(),
        now.gather(),
        link -> link.engine().volumes(new VolumeRequest.Find(nodes.rest())),
        WholeVolumes::listed);
  }

  private CompletionStage<Outcome<Measured>> measure(VolumeRequest.Measure measure) {
    var now = view.links().get();
    return view.gather(
        now.reachable(),
        now.gather(),
        link -> link.engine().volumes(measure),
        answers ->
            new Measured(
                answers.entrySet().stream()
                    .flatMap(entry ->
                        entry.getValue().volumes().stream()
                            .map(sized ->
                                new Sized(
                                    Labelled.volume(sized.volume(), entry.getKey().name()),
                                    sized.bytes())))
                    .toList()));
  }

  private static Listed listed(Map<Link, Listed> answers) {
    return new Listed(
        answers.entrySet().stream()
            .flatMap(entry ->
                entry.getValue().volumes().stream()
                    .map(volume -> Labelled.volume(volume, entry.getKey().name())))
            .toList());
  }

  private <R> CompletionStage<Outcome<R>> at(
      String name, Function<Directory.Place, CompletionStage<Outcome<R>>> act) {
    Links now = view.links().get();
    int at = name.lastIndexOf('@');
    if (at > 0) {
      return compose(
          Directory.named(now, name.substring(at + 1))
              .map(link -> new Directory.Place(link, name.substring(0, at))),
          act);
    }
    return owners(now, name)
        .thenCompose(answers -> {
          List<Link> owners = List.copyOf(answers.good().keySet());
          return compose(one(name, owners, answers), act);
        });
  }

  private static Outcome<Directory.Place> one(
      String name, List<Link> owners, Gather.Answers<Volume> answers) {
    return switch (owners.size()) {
      case 0 -> Outcome.failed(missing(name, answers));
      case 1 -> Outcome.ok(new Directory.Place(owners.getFirst(), name));
      default ->
          Outcome.failed(
              new Failure.Conflict(
                  "there is a volume %s on each of %s: say which one, %s@%s"
                      .formatted(
                          name,
                          String.join(", ", owners.stream().map(Link::name).toList()),
                          name,
                          owners.getFirst().name())));
    };
  }

  private static <R> CompletionStage<Outcome<R>> compose(
      Outcome<Directory.Place> place, Function<Directory.Place, CompletionStage<Outcome<R>>> act) {
    return switch (place) {
      case Outcome.Ok<Directory.Place>(var found) -> act.apply(found);
      case Outcome.Failed<Directory.Place>(var failure) ->
          CompletableFuture.completedStage(Outcome.failed(failure));
    };
  }

  private CompletionStage<Gather.Answers<Volume>> owners(Links now, String name) {
    now.silent().forEach(view.silent());
    return Gather.from(
        now.reachable(),
        now.gather(),
        link -> link.engine().volumes(new VolumeRequest.Inspect(name)));
  }

  private static Failure missing(String name, Gather.Answers<Volume> answers) {
    return answers.failures().values().stream()
        .filter(Failure.NotFound.class::isInstance)
        .findFirst()
        .orElse(new Failure.NotFound("get " + name + ": no such volume"));
  }

  private CompletionStage<Outcome<Volume>> create(VolumeRequest.Create create) {
    Links now = view.links().get();
    if (create.name().isEmpty()) {
      return createNew(now, create);
    }
    return owners(now, create.name())
        .thenCompose(answers -> {
          Optional<Link> owner = answers.good().keySet().stream().findFirst();
          return owner.isPresent() ? on(owner.get(), create) : createNew(now, create);
        });
  }

  private CompletionStage<Outcome<Volume>> createNew(Links now, VolumeRequest.Create create) {
    return switch (Constraint.parseAll(Wish.constraints(create.labels()))) {
      case Outcome.Failed<List<Constraint>>(var failure) ->
          CompletableFuture.completedStage(Outcome.failed(failure));
      case Outcome.Ok<List<Constraint>>(var constraints) -> chosen(now, create, constraints);
    };
  }

  private static CompletionStage<Outcome<Volume>> chosen(
      Links now, VolumeRequest.Create create, List<Constraint> constraints) {
    var refused = new LinkedHashMap<String, String>();
    for (Link link : now.reachable()) {
      Optional<String> refusal =
          constraints.stream()
              .flatMap(one ->
                  one.refusal(link.name(), link.facts().id(), link.facts().labels()).stream())
              .findFirst();
      if (refusal.isEmpty()) {
        return on(link, create);
      }
      refused.put(link.name(), refusal.get());
    }
    return CompletableFuture.completedStage(
        Outcome.failed(new Failure.Unavailable(Placement.Ranking.sentence("the volume", refused))));
  }

  private static CompletionStage<Outcome<Volume>> on(Link link, VolumeRequest.Create create) {
    return link.engine()
        .volumes(create)
        .thenApply(outcome -> outcome.map(volume -> Labelled.volume(volume, link.name())));
  }

  private CompletionStage<Outcome<VolumeRequest.Pruned>> prune(VolumeRequest.Prune prune) {
    return view.gather(
        view.links().get().reachable(),
        prune.patience(),
        link -> link.engine().volumes(prune),
        answers ->
            new VolumeRequest.Pruned(
                answers.values().stream().flatMap(one -> one.names().stream()).toList(),
                answers.values().stream().mapToLong(VolumeRequest.Pruned::reclaimed).sum()));
  }
}
