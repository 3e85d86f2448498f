package argosy.cluster;

import argosy.cluster.directory.Directory;
import argosy.cluster.gateway.Link;
import argosy.cluster.gateway.Links;
import argosy.cluster.whole.WholeEngine;
import argosy.cluster.wire.NodeFacts;
import argosy.engine.Engine;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A host that joined nobody: a cluster of one. */
final class Alone implements Cluster {
  /** Its own engine answers or fails by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalEngine engine;
  private final Node self;
  private final NodeFacts facts;
  private final Directory directory = new Directory(this::links);

  Alone(LocalEngine engine, NodeFacts self) {
    this.engine = engine;
    this.facts = self;
    this.self =
        new Node(
            self.name(),
            self.id(),
            "",
            self.peer(),
            Node.State.UP,
            true,
            self.labels(),
            Instant.now(),
            self.version());
  }

  @Override
  public CompletionStage<List<Node>> nodes() {
    return CompletableFuture.completedStage(List.of(self));
  }

  @Override
  public CompletionStage<Outcome<Member>> node(String nameOrId) {
    boolean me = nameOrId.equals(self.name()) || nameOrId.equals(self.id());
    return CompletableFuture.completedStage(
        me
            ? Outcome.ok(new Member(self, engine, null))
            : Outcome.failed(new Failure.NotFound("No such node: " + nameOrId)));
  }

  @Override
  public CompletionStage<Outcome<Member>> owner(Thing thing, String reference) {
    return node(self.name());
  }

  private Links links() {
    return new Links(
        List.of(new Link(facts, true, engine, Link.Claiming.NONE)), List.of(), PATIENCE);
  }

  @Override
  public Engine whole() {
    return whole(_ -> {});
  }

  @Override
  public Engine whole(Consumer<String> silent) {
    return new WholeEngine(this::links, directory, silent);
  }

  @Override
  public CompletionStage<Standing> standing() {
    return CompletableFuture.completedStage(new Standing(false, "", 1, 0, ""));
  }
}
