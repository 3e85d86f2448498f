package argosy.cluster.whole;

import argosy.cluster.directory.Directory.Place;
import argosy.cluster.gateway.Gather;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.network.NetworkRequest;
import argosy.engine.network.NetworkRequest.Listed;
import argosy.engine.network.NetworkRequest.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Networks by name: a network made here is made on every reachable node, each with its own bridge,
 * and shown once. Containers on different nodes do not reach each other through it.
 */
final class WholeNetworks {
  private final View view;

  WholeNetworks(View view) {
    this.view = view;
  }

  CompletionStage<? extends Outcome<?>> answer(NetworkRequest<?> request) {
    return switch (request) {
      case NetworkRequest.Find find -> find(find);
      case NetworkRequest.Inspect inspect -> inspect(inspect.reference());
      case NetworkRequest.Create create -> create(create);
      case NetworkRequest.Remove remove -> remove(remove.reference());
      case NetworkRequest.Connect connect ->
          owner(
              connect.container(),
              connect.reference(),
              (network, container) ->
                  new NetworkRequest.Connect(network, container, connect.endpoint()));
      case NetworkRequest.Disconnect disconnect ->
          owner(
              disconnect.container(),
              disconnect.reference(),
              (network, container) ->
                  new NetworkRequest.Disconnect(network, container, disconnect.force()));
      case NetworkRequest.Prune prune -> prune(prune);
    };
  }

  private CompletionStage<Outcome<Listed>> find(NetworkRequest.Find find) {
    var nodes = NodeFilter.of(find.filters());
    var now = view.links().get();
    return view.gather(
        now.reachable().stream().filter(link -> nodes.fits(link.name())).toList(),
        now.gather(),
        link -> link.engine().networks(new NetworkRequest.Find(nodes.rest())),
        WholeNetworks::listed);
  }

  private static Listed listed(Map<Link, Listed> answers) {
    var byName = new TreeMap<String, Map<String, Network>>();
    answers.forEach((link, listed) ->
        listed
            .networks()
            .forEach(network ->
                byName
                    .computeIfAbsent(network.name(), _ -> new TreeMap<>())
                    .put(link.name(), network)));
    return new Listed(byName.values().stream().map(Labelled::network).toList());
  }

  private CompletionStage<Outcome<Network>> inspect(String reference) {
    return everywhere(reference)
        .thenApply(outcome ->
            outcome.map(byLink -> {
              var byNode = new TreeMap<String, Network>();
              byLink.forEach((link, network) -> byNode.put(link.name(), network));
              return Labelled.network(byNode);
            }));
  }

  /**
   * The network on every node that has it. An id is known to one node only, so the name that it
   * stands for is asked for next.
   */
  private CompletionStage<Outcome<Map<Link, Network>>> everywhere(String reference) {
    return having(reference)
        .thenCompose(answers -> {
          Optional<Network> any = answers.good().values().stream().findFirst();
          if (any.isEmpty()) {
            return CompletableFuture.completedStage(
                Outcome.<Map<Link, Network>>failed(missing(reference, answers)));
          }
          return any.get().name().equals(reference)
              ? CompletableFuture.completedStage(Outcome.ok(answers.good()))
              : having(any.get().name()).thenApply(all -> Outcome.ok(all.good()));
        });
  }

  private CompletionStage<Gather.Answers<Network>> having(String reference) {
    Links now = view.links().get();
    now.silent().forEach(view.silent());
    return Gather.from(
            now.reachable(),
            now.gather(),
            link -> link.engine().networks(new NetworkRequest.Inspect(reference)))
        .thenApply(answers -> {
          answers.silent().forEach(view.silent());
          return answers;
        });
  }

  private static Failure missing(String reference, Gather.Answers<Network> answers) {
    return answers.failures().values().stream()
        .filter(failure -> !(failure instanceof Failure.Unavailable))
        .findFirst()
        .orElse(new Failure.NotFound("network " + reference + " not found"));
  }

  private CompletionStage<Outcome<Network>> create(NetworkRequest.Create create) {
    return having(create.name())
        .thenCompose(answers -> {
          boolean taken =
              answers.good().values().stream().anyMatch(n -> n.name().equals(create.name()));
          return taken
              ? CompletableFuture.completedStage(
                  Outcome.<Network>failed(
                      new Failure.Conflict(
                          "network with name %s already exists".formatted(create.name()))))
              : createEverywhere(create);
        });
  }

  private CompletionStage<Outcome<Network>> createEverywhere(NetworkRequest.Create create) {
    List<Link> nodes = byName(view.links().get().reachable());
    return Gather.from(nodes, create.patience(), link -> link.engine().networks(create))
        .thenCompose(answers -> {
          var failed = answers.failures().entrySet().stream().findFirst();
          if (failed.isEmpty()) {
            var byNode = new LinkedHashMap<String, Network>();
            answers.good().forEach((link, network) -> byNode.put(link.name(), network));
            return CompletableFuture.completedStage(Outcome.ok(Labelled.network(byNode)));
          }
          Failure why = Failures.on(failed.get().getKey(), failed.get().getValue());
          return takeBack(answers.good()).thenApply(_ -> Outcome.<Network>failed(why));
        });
  }

  private static List<Link> byName(List<Link> links) {
    return links.stream().sorted(Comparator.comparing(Link::name)).toList();
  }

  private static CompletionStage<?> takeBack(Map<Link, Network> made) {
    return Gather.from(
        new ArrayList<>(made.keySet()),
        new NetworkRequest.Remove("").patience(),
        link -> link.engine().networks(new NetworkRequest.Remove(id(made, link))));
  }

  private static String id(Map<Link, Network> networks, Link link) {
    return java.util.Objects.requireNonNull(networks.get(link)).id();
  }

  private CompletionStage<Outcome<Done>> remove(String reference) {
    return everywhere(reference)
        .thenCompose(outcome ->
            switch (outcome) {
              case Outcome.Failed<Map<Link, Network>>(var failure) ->
                  CompletableFuture.completedStage(Outcome.<Done>failed(failure));
              case Outcome.Ok<Map<Link, Network>>(var byLink) -> removeOn(byLink);
            });
  }

  private static CompletionStage<Outcome<Done>> removeOn(Map<Link, Network> byLink) {
    for (var entry : byLink.entrySet()) {
      if (!entry.getValue().endpoints().isEmpty()) {
        return entry.getKey().engine().networks(new NetworkRequest.Remove(entry.getValue().id()));
      }
    }
    return Gather.from(
            List.copyOf(byLink.keySet()),
            new NetworkRequest.Remove("").patience(),
            link -> link.engine().networks(new NetworkRequest.Remove(id(byLink, link))))
        .thenApply(answers ->
            answers.failures().entrySet().stream()
                .findFirst()
                .map(one -> Outcome.<Done>failed(Failures.on(one.getKey(), one.getValue())))
                .orElseGet(() -> Outcome.ok(new Done())));
  }

  private interface Between {
    NetworkRequest<Done> request(String network, String container);
  }

  /** On the container's node, under the name that the network has everywhere. */
  private CompletionStage<Outcome<Done>> owner(String container, String network, Between between) {
    return inspect(network)
        .thenCombine(
            view.directory().container(container),
            (named, placed) ->
                named.then(one -> placed.map(place -> new Meeting(one.name(), place))))
        .thenCompose(outcome ->
            switch (outcome) {
              case Outcome.Failed<Meeting>(var failure) ->
                  CompletableFuture.completedStage(Outcome.<Done>failed(failure));
              case Outcome.Ok<Meeting>(var meeting) ->
                  meeting
                      .place()
                      .link()
                      .engine()
                      .networks(between.request(meeting.network(), meeting.place().reference()));
            });
  }

  private record Meeting(String network, Place place) {}

  private CompletionStage<Outcome<NetworkRequest.Pruned>> prune(NetworkRequest.Prune prune) {
    return view.gather(
        view.links().get().reachable(),
        prune.patience(),
        link -> link.engine().networks(prune),
        answers ->
            new NetworkRequest.Pruned(
                answers.values().stream()
                    .flatMap(one -> one.names().stream())
                    .distinct()
                    .toList()));
  }
}
