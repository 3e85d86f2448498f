package argosy.cluster.member;

import argosy.cluster.wire.NodeFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this host knows of the cluster at one instant, for everybody on the host.
 *
 * @param address this host's actor system, {@code pekko://…}, "" while it is not open
 * @param cluster the cluster's id, "" while it has none
 * @param warning what an operator should know, or ""
 */
public record Membership(
    String address, String cluster, boolean joined, List<Other> others, String warning) {
  /** While the cluster port is closed. */
  public static Membership closed(String warning) {
    return new Membership("", "", false, List.of(), warning);
  }

  public Membership {
    others = List.copyOf(others);
  }

  /** Another node; {@code facts} hold little more than a name for one that is lost. */
  public record Other(NodeFacts facts, String address, Presence presence, @Nullable Instant since) {
    /** Whether it can be asked. */
    public boolean reachable() {
      return switch (presence) {
        case JOINING, UP, LEAVING -> true;
        case UNREACHABLE, DOWN -> false;
      };
    }
  }
}
