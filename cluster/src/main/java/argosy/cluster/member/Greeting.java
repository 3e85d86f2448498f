package argosy.cluster.member;

import argosy.cluster.wire.NodeFacts;
import argosy.cluster.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What a node says when another one knocks.
 *
 * @param address the actor system's, {@code pekko://…}
 * @param cluster its cluster's id, "" when it has none
 * @param sentence why the other is refused, else ""
 * @param record what it remembers, when it is seeking itself
 */
public record Greeting(
    State state,
    NodeFacts who,
    String address,
    String cluster,
    String sentence,
    @Nullable ClusterRecord record)
    implements Wire {

  /** Whether it is in the cluster, looks for it, or does not let the other in. */
  public enum State {
    MEMBER,
    SEEKING,
    REFUSED
  }
}
