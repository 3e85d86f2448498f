package argosy.cluster;

import argosy.cluster.wire.NodeFacts;
import argosy.engine.Engine;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A host that joined nobody: a cluster of one. */
final class Alone implements Cluster {
  private final LocalEngine engine;
  private final Node self;

  Alone(LocalEngine engine, NodeFacts self) {
    this.engine = engine;
    this.self =
        new Node(
            self.name(),
            self.id(),
            "",
            self.peer(),
            Node.State.UP,
            true,
            self.labels(),
            Instant.now());
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

  @Override
  public Engine whole() {
    return engine;
  }

  @Override
  public CompletionStage<Standing> standing() {
    return CompletableFuture.completedStage(new Standing(false, "", 1, 0, ""));
  }
}
