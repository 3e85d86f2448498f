package argosy.cluster.member;

import org.apache.pekko.cluster.MemberStatus;

/** How a node stands to the cluster. */
public enum Presence {
  JOINING,
  UP,
  LEAVING,
  UNREACHABLE,
  DOWN;

  static Presence of(MemberStatus status) {
    if (status.equals(MemberStatus.up())) {
      return UP;
    }
    if (status.equals(MemberStatus.leaving()) || status.equals(MemberStatus.exiting())) {
      return LEAVING;
    }
    return status.equals(MemberStatus.down()) ? DOWN : JOINING;
  }
}
