package argosy.cluster.whole;

import argosy.cluster.directory.Directory.Place;
import argosy.cluster.gateway.Gather;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.cluster.placement.Candidate;
import argosy.cluster.placement.Placement;
import argosy.cluster.placement.Wish;
import argosy.engine.container.ContainerRequest.Create;
import argosy.engine.container.ContainerRequest.Created;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.spec.ContainerSpec;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates a container on the node that placement chooses, or on the next one if it refuses. */
final class Creation {
  private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

  private final View view;

  Creation(View view) {
    this.view = view;
  }

  CompletionStage<Outcome<Created>> create(Create create) {
    return switch (Wish.of(create.spec())) {
      case Outcome.Failed<Wish>(var failure) ->
          CompletableFuture.completedStage(Outcome.failed(failure));
      case Outcome.Ok<Wish>(var wish) ->
          new NameClaim(view).during(create.name(), () -> place(create, wish));
    };
  }

  private CompletionStage<Outcome<Created>> place(Create create, Wish wish) {
    Links now = view.links().get();
    return owners(wish.containers().iterator(), new HashMap<>())
        .thenCompose(outcome ->
            switch (outcome) {
              case Outcome.Failed<Map<String, String>>(var failure) ->
                  CompletableFuture.completedStage(Outcome.<Created>failed(failure));
              case Outcome.Ok<Map<String, String>>(var owners) ->
                  Survey.of(now, wish).thenCompose(survey -> choose(create, wish, owners, survey));
            });
  }

  /** The nodes of the containers it has to be with, one after the other: there are few. */
  private CompletionStage<Outcome<Map<String, String>>> owners(
      Iterator<String> references, Map<String, String> found) {
    if (!references.hasNext()) {
      return CompletableFuture.completedStage(Outcome.ok(found));
    }
    String reference = references.next();
    return view.directory()
        .container(reference)
        .thenCompose(outcome ->
            switch (outcome) {
              case Outcome.Failed<Place>(var failure) ->
                  CompletableFuture.completedStage(Outcome.failed(failure));
              case Outcome.Ok<Place>(var place) -> {
                found.put(reference, place.link().name());
                yield owners(references, found);
              }
            });
  }

  private CompletionStage<Outcome<Created>> choose(
      Create create, Wish wish, Map<String, String> owners, Gather.Answers<Candidate> survey) {
    var ranking = Placement.rank(wish, owners, List.copyOf(survey.good().values()));
    if (ranking.imageMissing()) {
      return CompletableFuture.completedStage(
          Outcome.failed(Failure.noSuchImage(wish.spec().image())));
    }
    var links = new HashMap<String, Link>();
    survey.good().keySet().forEach(link -> links.put(link.name(), link));
    var refused = new LinkedHashMap<>(ranking.refused());
    survey
        .failures()
        .forEach((link, failure) -> refused.put(link.name(), "says: " + failure.message()));
    var order =
        ranking.fit().stream().map(name -> java.util.Objects.requireNonNull(links.get(name)));
    return attempt(new Create(create.name(), cleaned(wish)), order.iterator(), refused);
  }

  private CompletionStage<Outcome<Created>> attempt(
      Create create, Iterator<Link> candidates, Map<String, String> refused) {
    if (!candidates.hasNext()) {
      return CompletableFuture.completedStage(
          Outcome.failed(
              new Failure.Unavailable(Placement.Ranking.sentence("the container", refused))));
    }
    Link link = candidates.next();
    return link.engine()
        .containers(create)
        .thenCompose(outcome ->
            switch (outcome) {
              case Outcome.Ok<Created>(var created) -> {
                LOG.info("container {} was placed on node {}", created.id(), link.name());
                view.directory().hint(created.id(), link);
                yield CompletableFuture.completedStage(outcome);
              }
              case Outcome.Failed<Created>(var failure) when another(failure) -> {
                refused.put(link.name(), "refused: " + failure.message());
                yield attempt(create, candidates, refused);
              }
              case Outcome.Failed<Created> _ -> CompletableFuture.completedStage(outcome);
            });
  }

  /**
   * Whether another node may do better. Not after silence: the silent node may have created it, and
   * then there would be two.
   */
  private static boolean another(Failure failure) {
    return switch (failure) {
      case Failure.Internal _, Failure.Forbidden _, Failure.NotFound _ -> true;
      case Failure.Invalid _,
          Failure.Unauthorized _,
          Failure.Conflict _,
          Failure.NotModified _,
          Failure.NotImplemented _,
          Failure.Unavailable _ ->
          false;
    };
  }

  /** What was said to placement is not the container's environment; it is kept as a label. */
  private static ContainerSpec cleaned(Wish wish) {
    ContainerSpec spec = wish.spec();
    List<String> env = Wish.environment(spec);
    if (env.size() == spec.process().env().size()) {
      return spec;
    }
    String texts = String.join(",", wish.constraints().stream().map(one -> one.text()).toList());
    return Labelled.spec(
        spec,
        Labelled.process(spec.process(), env),
        Labelled.with(spec.identity().labels(), Wish.LABEL, texts));
  }
}
