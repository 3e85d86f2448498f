package argosy.cluster.gateway;

import argosy.cluster.wire.NodeFacts;
import argosy.engine.Engine;
import java.util.concurrent.CompletionStage;

/**
 * A node that can be asked now.
 *
 * @param self this host
 */
public record Link(NodeFacts facts, boolean self, Engine engine, Claiming claiming) {
  public String name() {
    return facts.name();
  }

  /** Holds a container's name on one node while it is being created somewhere. */
  public interface Claiming {
    /** False when somebody else is about to use the name. The stage may fail. */
    CompletionStage<Boolean> claim(String name, String by);

    void release(String name, String by);

    /** For a host alone: its engine decides. */
    Claiming NONE =
        new Claiming() {
          @Override
          public CompletionStage<Boolean> claim(String name, String by) {
            return java.util.concurrent.CompletableFuture.completedStage(true);
          }

          @Override
          public void release(String name, String by) {}
        };
  }
}
