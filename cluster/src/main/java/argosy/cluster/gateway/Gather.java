package argosy.cluster.gateway;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** One question to several nodes at once. */
public final class Gather {
  private Gather() {}

  /**
   * Asks each node and waits for all, none of them longer than {@code deadline}; a node that did
   * not answer in time is Unavailable in the result. The order is the order asked.
   */
  public static <T> CompletionStage<Answers<T>> from(
      List<Link> links, Duration deadline, Function<Link, CompletionStage<Outcome<T>>> question) {
    var asked = new LinkedHashMap<Link, CompletableFuture<Outcome<T>>>();
    for (Link link : links) {
      asked.put(link, one(link, deadline, question));
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          var answers = new LinkedHashMap<Link, Outcome<T>>();
          asked.forEach((link, answer) -> answers.put(link, answer.join()));
          return new Answers<>(answers);
        });
  }

  private static <T> CompletableFuture<Outcome<T>> one(
      Link link, Duration deadline, Function<Link, CompletionStage<Outcome<T>>> question) {
    Outcome<T> late =
        Outcome.failed(
            new Failure.Unavailable(
                "node %s does not answer within %d ms"
                    .formatted(link.name(), deadline.toMillis())));
    return question
        .apply(link)
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(late, deadline.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(Outcome::failed);
  }

  /** What the nodes said. */
  public record Answers<T>(Map<Link, Outcome<T>> all) {
    /** The good answers. */
    public Map<Link, T> good() {
      var good = new LinkedHashMap<Link, T>();
      all.forEach((link, outcome) -> {
        if (outcome instanceof Outcome.Ok<T>(var value)) {
          good.put(link, value);
        }
      });
      return good;
    }

    /** The failures. */
    public Map<Link, Failure> failures() {
      var failures = new LinkedHashMap<Link, Failure>();
      all.forEach((link, outcome) -> {
        if (outcome instanceof Outcome.Failed<T>(var failure)) {
          failures.put(link, failure);
        }
      });
      return failures;
    }

    /** Names of the nodes that did not answer. */
    public List<String> silent() {
      var names = new ArrayList<String>();
      failures()
          .forEach((link, failure) -> {
            if (failure instanceof Failure.Unavailable) {
              names.add(link.name());
            }
          });
      return names;
    }

    /** Tells somebody about each node whose part is missing. */
    public Answers<T> report(Consumer<String> missing) {
      failures().keySet().forEach(link -> missing.accept(link.name()));
      return this;
    }
  }
}
