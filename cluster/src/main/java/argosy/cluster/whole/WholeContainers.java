package argosy.cluster.whole;

import argosy.cluster.directory.Directory.Place;
import argosy.cluster.gateway.Link;
import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerRequest.Find;
import argosy.engine.container.ContainerRequest.Inspect;
import argosy.engine.container.ContainerRequest.Listed;
import argosy.engine.container.ContainerRequest.Prune;
import argosy.engine.container.ContainerRequest.Pruned;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The containers of all nodes. */
final class WholeContainers {
  private final View view;
  private final Creation creation;

  WholeContainers(View view) {
    this.view = view;
    this.creation = new Creation(view);
  }

  CompletionStage<? extends Outcome<?>> answer(ContainerRequest<?> request) {
    return switch (request) {
      case ContainerRequest.Create create -> creation.create(create);
      case Find find -> find(find);
      case Prune prune -> prune(prune);
      case Inspect inspect -> inspect(inspect);
      case ContainerRequest.Rename rename -> rename(rename);
      case ContainerRequest.Remove remove -> remove(remove);
      case ContainerRequest.Start start -> owner(start, start.reference());
      case ContainerRequest.Stop stop -> owner(stop, stop.reference());
      case ContainerRequest.Restart restart -> owner(restart, restart.reference());
      case ContainerRequest.Kill kill -> owner(kill, kill.reference());
      case ContainerRequest.Pause pause -> owner(pause, pause.reference());
      case ContainerRequest.Unpause unpause -> owner(unpause, unpause.reference());
      case ContainerRequest.Resize resize -> owner(resize, resize.reference());
      case ContainerRequest.Update update -> owner(update, update.reference());
      case ContainerRequest.Publish publish -> owner(publish, publish.reference());
      case ContainerRequest.Top top -> owner(top, top.reference());
      case ContainerRequest.Changes changes -> owner(changes, changes.reference());
      case ContainerRequest.Commit commit -> owner(commit, commit.reference());
      case ContainerRequest.CreateExec create -> createExec(create);
      case ContainerRequest.InspectExec inspect -> exec(inspect, inspect.exec());
      case ContainerRequest.ResizeExec resize -> exec(resize, resize.exec());
    };
  }

  private CompletionStage<Outcome<Listed>> find(Find find) {
    var nodes = NodeFilter.of(find.filters());
    var question = new Find(find.all(), find.limit(), find.size(), nodes.rest());
    var now = view.links().get();
    return view.gather(
        now.reachable().stream().filter(link -> nodes.fits(link.name())).toList(),
        now.gather(),
        link -> link.engine().containers(question),
        answers -> listed(answers, find.limit()));
  }

  private Listed listed(Map<Link, Listed> answers, int limit) {
    var rows = new ArrayList<Container>();
    answers.forEach((link, listed) ->
        listed
            .containers()
            .forEach(container -> {
              view.directory().hint(container.id(), link);
              rows.add(Labelled.container(container, link.name()));
            }));
    rows.sort(Comparator.comparing(Container::created).reversed());
    return new Listed(limit > 0 && rows.size() > limit ? rows.subList(0, limit) : rows);
  }

  private CompletionStage<Outcome<Pruned>> prune(Prune prune) {
    return view.gather(
        view.links().get().reachable(),
        prune.patience(),
        link -> link.engine().containers(prune),
        answers ->
            new Pruned(
                answers.values().stream().flatMap(one -> one.ids().stream()).toList(),
                answers.values().stream().mapToLong(Pruned::reclaimed).sum()));
  }

  private CompletionStage<Outcome<Container>> inspect(Inspect inspect) {
    return at(
        inspect.reference(),
        place ->
            place
                .link()
                .engine()
                .containers(new Inspect(place.reference(), inspect.size()))
                .thenApply(
                    outcome -> outcome.map(c -> Labelled.container(c, place.link().name()))));
  }

  private CompletionStage<Outcome<Done>> rename(ContainerRequest.Rename rename) {
    return new NameClaim(view).during(rename.name(), () -> owner(rename, rename.reference()));
  }

  private CompletionStage<Outcome<Done>> remove(ContainerRequest.Remove remove) {
    return this.<Done>owner(remove, remove.reference())
        .thenApply(outcome -> {
          view.directory().forget(remove.reference());
          return outcome;
        });
  }

  private CompletionStage<Outcome<ContainerRequest.Created>> createExec(
      ContainerRequest.CreateExec create) {
    return at(
        create.reference(),
        place ->
            place
                .link()
                .engine()
                .containers(Aimed.at(create, place.reference()))
                .thenApply(outcome ->
                    outcome.map(created -> {
                      view.directory().hint(created.id(), place.link());
                      return created;
                    })));
  }

  private <R> CompletionStage<Outcome<R>> owner(ContainerRequest<R> request, String reference) {
    return at(
        reference, place -> place.link().engine().containers(Aimed.at(request, place.reference())));
  }

  private <R> CompletionStage<Outcome<R>> exec(ContainerRequest<R> request, String exec) {
    return view.directory()
        .exec(exec)
        .thenCompose(outcome ->
            switch (outcome) {
              case Outcome.Ok<Place>(var place) -> place.link().engine().containers(request);
              case Outcome.Failed<Place>(var failure) -> failed(failure);
            });
  }

  private interface Act<R> {
    CompletionStage<Outcome<R>> on(Place place);
  }

  /** Acts where the container is; a hint that led astray is dropped and everybody is asked. */
  private <R> CompletionStage<Outcome<R>> at(String reference, Act<R> act) {
    return once(reference, act)
        .thenCompose(outcome -> {
          if (outcome instanceof Outcome.Failed<R>(Failure.NotFound _)
              && view.directory().forget(reference)) {
            return once(reference, act);
          }
          return CompletableFuture.completedStage(outcome);
        });
  }

  private <R> CompletionStage<Outcome<R>> once(String reference, Act<R> act) {
    return view.directory()
        .container(reference)
        .thenCompose(outcome ->
            switch (outcome) {
              case Outcome.Ok<Place>(var place) -> act.on(place);
              case Outcome.Failed<Place>(var failure) -> failed(failure);
            });
  }

  private static <R> CompletionStage<Outcome<R>> failed(Failure failure) {
    return CompletableFuture.completedStage(Outcome.failed(failure));
  }
}
