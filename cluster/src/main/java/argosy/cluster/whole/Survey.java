package argosy.cluster.whole;

import argosy.cluster.gateway.Gather;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.cluster.placement.Candidate;
import argosy.cluster.placement.Wish;
import argosy.engine.HostRequest;
import argosy.engine.HostRequest.HostFacts;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.network.NetworkRequest;
import argosy.engine.volume.VolumeRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks every reachable node what placement has to know of it. */
final class Survey {
  private Survey() {}

  static CompletionStage<Gather.Answers<Candidate>> of(Links now, Wish wish) {
    return Gather.from(now.reachable(), now.gather(), link -> candidate(link, wish));
  }

  private static CompletionStage<Outcome<Candidate>> candidate(Link link, Wish wish) {
    var engine = link.engine();
    CompletionStage<Outcome<HostFacts>> facts = engine.host(new HostRequest.Facts());
    CompletionStage<Boolean> image =
        has(engine.images(new ImageRequest.Inspect(wish.spec().image())));
    CompletionStage<Set<String>> networks =
        having(wish.networks(), name -> engine.networks(new NetworkRequest.Inspect(name)));
    CompletionStage<Set<String>> volumes =
        having(wish.volumes(), name -> engine.volumes(new VolumeRequest.Inspect(name)));
    return facts.thenCombine(
        image.thenCombine(
            networks.thenCombine(volumes, Belongings::new),
            (hasImage, belongings) -> new Found(hasImage, belongings)),
        (outcome, found) -> outcome.map(host -> found.candidate(link, host)));
  }

  private record Belongings(Set<String> networks, Set<String> volumes) {}

  private record Found(boolean image, Belongings belongings) {
    Candidate candidate(Link link, HostFacts host) {
      return new Candidate(
          link.name(),
          link.facts().id(),
          link.facts().labels(),
          host,
          image,
          belongings.networks(),
          belongings.volumes());
    }
  }

  private static CompletionStage<Boolean> has(CompletionStage<? extends Outcome<?>> answer) {
    return answer.thenApply(outcome -> outcome instanceof Outcome.Ok<?>);
  }

  private static CompletionStage<Set<String>> having(
      Collection<String> names, Function<String, CompletionStage<? extends Outcome<?>>> question) {
    CompletionStage<Set<String>> all = CompletableFuture.completedStage(new HashSet<>());
    for (String name : names) {
      all =
          all.thenCombine(
              has(question.apply(name)),
              (found, there) -> {
                if (there) {
                  found.add(name);
                }
                return found;
              });
    }
    return all;
  }
}
