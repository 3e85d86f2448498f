package argosy.cluster.whole;

import argosy.cluster.directory.Directory;
import argosy.cluster.gateway.Gather;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one call in the cluster view works with.
 *
 * @param silent told the name of each node whose part is missing
 */
record View(Supplier<Links> links, Directory directory, Consumer<String> silent) {

  /** Asks all nodes, within the time for questions, and merges what the good answers say. */
  <T, U> CompletionStage<Outcome<U>> gather(
      Function<Link, CompletionStage<Outcome<T>>> question, Function<Map<Link, T>, U> merge) {
    Links now = links.get();
    return gather(now.reachable(), now.gather(), question, merge);
  }

  /** Asks some nodes; {@code patience} is for each of them. */
  <T, U> CompletionStage<Outcome<U>> gather(
      List<Link> nodes,
      Duration patience,
      Function<Link, CompletionStage<Outcome<T>>> question,
      Function<Map<Link, T>, U> merge) {
    links.get().silent().forEach(silent);
    return Gather.from(nodes, patience, question).thenApply(answers -> merged(answers, merge));
  }

  private <T, U> Outcome<U> merged(Gather.Answers<T> answers, Function<Map<Link, T>, U> merge) {
    var wrong =
        answers.failures().values().stream().filter(Failure.Invalid.class::isInstance).findFirst();
    if (wrong.isPresent()) {
      return Outcome.failed(wrong.get());
    }
    if (answers.good().isEmpty() && !answers.failures().isEmpty()) {
      return Outcome.failed(answers.failures().values().iterator().next());
    }
    answers.report(silent);
    return Outcome.ok(merge.apply(answers.good()));
  }
}
