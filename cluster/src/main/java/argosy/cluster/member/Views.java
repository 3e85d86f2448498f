package argosy.cluster.member;

import argosy.cluster.wire.NodeFacts;
import java.util.ArrayList;
import java.util.List;

/** What the roster looks like from outside. */
final class Views {
  private Views() {}

  static Membership membership(
      String address, String cluster, boolean joined, Roster roster, String warning) {
    var others = new ArrayList<Membership.Other>();
    roster
        .seen()
        .forEach((key, seen) -> {
          if (seen.facts() != null) {
            others.add(
                new Membership.Other(seen.facts(), key.address(), seen.presence(), seen.since()));
          }
        });
    Presence absent = joined ? Presence.DOWN : Presence.UNREACHABLE;
    roster
        .lost()
        .forEach(k -> others.add(new Membership.Other(remembered(k), k.address(), absent, null)));
    others.sort(java.util.Comparator.comparing(other -> other.facts().name()));
    return new Membership(address, cluster, joined, others, warning);
  }

  private static NodeFacts remembered(Known known) {
    return new NodeFacts(known.name(), known.id(), List.of(), null, "");
  }
}
