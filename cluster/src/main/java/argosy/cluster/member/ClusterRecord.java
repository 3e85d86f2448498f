package argosy.cluster.member;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host remembers of its cluster, in {@code DATA_ROOT/cluster/record.json}.
 *
 * @param cluster the cluster's id, made by its founder
 * @param keeper the id of the one node that may found it again when nobody is left in it
 * @param members those who were in it at the last change, this host among them
 * @param lost those who were in it once and did not come back
 */
public record ClusterRecord(String cluster, String keeper, List<Known> members, List<Known> lost) {
  public ClusterRecord {
    members = List.copyOf(members);
    lost = List.copyOf(lost);
  }

  /** With the keeper that follows from the members: any rule will do that all follow. */
  static ClusterRecord of(String cluster, List<Known> members, List<Known> lost) {
    var sorted = members.stream().sorted(Comparator.comparing(Known::id)).toList();
    return new ClusterRecord(cluster, sorted.getFirst().id(), sorted, lost);
  }

  /** A first start's. */
  static ClusterRecord fresh(Known self) {
    return of(UUID.randomUUID().toString(), List.of(self), List.of());
  }

  /** Before it is known who else is in: the one that lets this host in may found, this host not. */
  static ClusterRecord joining(@Nullable ClusterRecord old, Greeting member, Known self) {
    if (old != null && old.cluster().equals(member.cluster())) {
      return old;
    }
    var other = new Known(member.who().id(), member.who().name(), member.address());
    return new ClusterRecord(member.cluster(), other.id(), List.of(other, self), List.of());
  }

  /** The only cluster whose members may let this host in; "" when it is free to choose. */
  static String bound(@Nullable ClusterRecord record) {
    return record == null || record.sole() ? "" : record.cluster();
  }

  /**
   * As it is after a change of membership; unchanged while some member has not told who it is, for
   * a majority can not be counted over strangers.
   */
  ClusterRecord after(Roster roster, Known self) {
    if (roster.seen().values().stream().anyMatch(one -> one.facts() == null)) {
      return this;
    }
    return of(
        cluster, Stream.concat(Stream.of(self), roster.established()).toList(), roster.lost());
  }

  /** Whether nobody else was in it. */
  boolean sole() {
    return members.size() == 1;
  }

  /** Everybody who ever was in it. */
  Stream<Known> everybody() {
    return Stream.concat(members.stream(), lost.stream());
  }
}
