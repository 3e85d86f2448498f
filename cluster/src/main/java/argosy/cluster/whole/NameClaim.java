package argosy.cluster.whole;

import argosy.cluster.gateway.Gather;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.engine.container.Container;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds a container's name on every reachable node while it is given to somebody, so that two
 * creates through two nodes can not both have it.
 */
final class NameClaim {
  private static final int TRIES = 5;

  private final View view;

  NameClaim(View view) {
    this.view = view;
  }

  /** Does {@code work} while the name is held; Conflict if it is taken. Null: no name, no claim. */
  <R> CompletionStage<Outcome<R>> during(
      @Nullable String name, Supplier<CompletionStage<Outcome<R>>> work) {
    return name == null || name.isEmpty()
        ? work.get()
        : held(plain(name), UUID.randomUUID().toString(), TRIES, work);
  }

  private static String plain(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private <R> CompletionStage<Outcome<R>> held(
      String name, String by, int tries, Supplier<CompletionStage<Outcome<R>>> work) {
    Links now = view.links().get();
    return claim(now, name, by)
        .thenCompose(granted -> {
          if (granted) {
            return unlessUsed(now, name, work);
          }
          release(now, name, by);
          return tries > 1
              ? later().thenCompose(_ -> held(name, by, tries - 1, work))
              : CompletableFuture.completedStage(Outcome.<R>failed(contended(name)));
        })
        .whenComplete((_, _) -> release(now, name, by));
  }

  /** A node that can not be asked does not hinder: it is reported by the lists. */
  private CompletionStage<Boolean> claim(Links now, String name, String by) {
    return Gather.<Boolean>from(
            now.reachable(),
            now.gather(),
            link -> link.claiming().claim(name, by).thenApply(Outcome::ok))
        .thenApply(answers -> !answers.good().containsValue(false));
  }

  private <R> CompletionStage<Outcome<R>> unlessUsed(
      Links now, String name, Supplier<CompletionStage<Outcome<R>>> work) {
    return Gather.from(
            now.reachable(),
            now.gather(),
            link -> link.engine().containers(new ContainerRequest.Inspect(name, false)))
        .thenCompose(answers -> {
          Optional<Container> owner =
              answers.good().values().stream()
                  .filter(container -> plain(container.name()).equals(name))
                  .findFirst();
          return owner.isPresent()
              ? CompletableFuture.completedStage(Outcome.<R>failed(used(name, owner.get().id())))
              : work.get();
        });
  }

  private static CompletionStage<Void> later() {
    long pause = ThreadLocalRandom.current().nextLong(20, 200);
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS));
  }

  private static void release(Links now, String name, String by) {
    for (Link link : now.reachable()) {
      link.claiming().release(name, by);
    }
  }

  /** Docker's text. */
  private static Failure used(String name, String id) {
    return new Failure.Conflict(
        ("Conflict. The container name \"/%s\" is already in use by container \"%s\". "
                + "You have to remove (or rename) that container to be able to reuse that name.")
            .formatted(name, id));
  }

  private static Failure contended(String name) {
    return new Failure.Conflict(
        "Conflict. The container name \"/%s\" is being given to another container at this moment; try again."
            .formatted(name));
  }
}
