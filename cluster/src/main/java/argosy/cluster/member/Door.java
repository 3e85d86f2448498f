package argosy.cluster.member;

import argosy.cluster.member.Members.Knock;
import argosy.cluster.wire.NodeFacts;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in.
 *
 * @param address this host's actor system
 * @param joined whether this host is in the cluster itself
 */
record Door(
    NodeFacts self, String address, boolean joined, @Nullable ClusterRecord record, Roster roster) {

  /** What to say to somebody who knocks. */
  Greeting greeting(Knock knock) {
    String own = record == null ? "" : record.cluster();
    String refusal = joined ? refusal(knock, own) : "";
    return new Greeting(state(refusal), self, address, own, refusal, joined ? null : record);
  }

  private Greeting.State state(String refusal) {
    if (!refusal.isEmpty()) {
      return Greeting.State.REFUSED;
    }
    return joined ? Greeting.State.MEMBER : Greeting.State.SEEKING;
  }

  private String refusal(Knock knock, String own) {
    NodeFacts who = knock.who();
    if (!knock.cluster().isEmpty() && !knock.cluster().equals(own)) {
      return "this host belongs to cluster %s, and node %s is in cluster %s"
          .formatted(knock.cluster(), self.name(), own);
    }
    if (!knock.address().equals(address) && clash(who, self)) {
      return sentence(who, self);
    }
    return roster.clash(who, knock.address()).map(other -> sentence(who, other)).orElse("");
  }

  /** Whether two hosts can not be in one cluster: the same name, or the same id. */
  static boolean clash(NodeFacts one, NodeFacts other) {
    return one.name().equals(other.name()) || one.id().equals(other.id());
  }

  /** Why {@code who} is not let in beside {@code other}. */
  static String sentence(NodeFacts who, NodeFacts other) {
    return who.id().equals(other.id())
        ? "node %s is in the cluster with this host's id %s; was its data root copied?"
            .formatted(other.name(), who.id())
        : "the node name %s is already used by another host in the cluster (id %s); give this one another --name"
            .formatted(other.name(), other.id());
  }
}
