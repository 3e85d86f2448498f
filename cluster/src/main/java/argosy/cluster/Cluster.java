package argosy.cluster;

import argosy.cluster.wire.NodeFacts;
import argosy.engine.Engine;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Outcome;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that joined each other, as the HTTP API sees them. A host that joined nobody is a
 * cluster of one. Stages never fail: what goes wrong is an outcome.
 */
public interface Cluster extends AutoCloseable {
  /** Every node that is known, this one first. */
  CompletionStage<List<Node>> nodes();

  /**
   * The engine of one node by name or id: this host's own, or one that speaks through the node's
   * gateway; NotFound for an unknown name, Unavailable for a silent node.
   */
  CompletionStage<Outcome<Member>> node(String nameOrId);

  /** The node that has a thing, for operations whose bytes go to it directly. */
  CompletionStage<Outcome<Member>> owner(Thing thing, String reference);

  /** All nodes as one engine. */
  Engine whole();

  /**
   * All nodes as one engine, for one call: before an answer comes, {@code silent} is told the name
   * of each node whose part is missing from it, so that the answer can be marked as partial. It may
   * be called from any thread.
   */
  default Engine whole(Consumer<String> silent) {
    return whole();
  }

  /** How this host stands to the cluster, for {@code info}. */
  CompletionStage<Standing> standing();

  /** Leaves the cluster and frees its port; the engine is not touched. Blocks until it is done. */
  @Override
  default void close() {}

  /** A host that joined nobody. */
  static Cluster alone(LocalEngine engine, NodeFacts self) {
    return new Alone(engine, self);
  }

  /**
   * Opens the cluster port and joins or founds, as the configuration and the record on disk say;
   * with {@code listen} "" the host stays alone. It returns when the port is open: joining goes on
   * behind it, for as long as it takes.
   *
   * @throws argosy.engine.failure.Refused with one sentence, when the port can not be opened or the
   *     configuration forbids it
   */
  static Cluster start(ClusterConfig config, LocalEngine engine, NodeFacts self) {
    return config.listen().isEmpty() ? alone(engine, self) : Joined.start(config, engine, self);
  }

  enum Thing {
    CONTAINER,
    EXEC,
    IMAGE
  }

  /** A node that can be spoken to; {@code peer} null: this host. */
  record Member(Node node, Engine engine, @Nullable URI peer) {}

  /**
   * A host as the others see it.
   *
   * @param peer where its bytes connection listens, null while unknown
   * @param state joining, up, leaving, unreachable, down
   * @param version of its daemon, "" while unknown
   */
  record Node(
      String name,
      String id,
      String address,
      @Nullable URI peer,
      State state,
      boolean self,
      List<String> labels,
      @Nullable Instant since,
      String version) {
    public Node {
      labels = List.copyOf(labels);
    }

    public enum State {
      JOINING,
      UP,
      LEAVING,
      UNREACHABLE,
      DOWN
    }
  }

  /** {@code warning} "" when there is nothing to warn about. */
  record Standing(boolean joined, String address, int nodes, int unreachable, String warning) {}
}
