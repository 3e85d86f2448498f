package argosy.cluster.member;

import argosy.cluster.wire.NodeFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.pekko.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes as this host sees them. A value: every change is a new one.
 *
 * @param seen who is in the cluster now, by address and incarnation, without this host
 * @param lost who was in it once
 */
record Roster(Map<Key, Seen> seen, List<Known> lost) {
  static final Roster EMPTY = new Roster(Map.of(), List.of());

  Roster {
    seen = Map.copyOf(seen);
    lost = List.copyOf(lost);
  }

  /** One start of one actor system. */
  record Key(String address, long incarnation) {
    static Key of(Member member) {
      return new Key(member.address().toString(), member.uniqueAddress().longUid());
    }
  }

  /**
   * A member.
   *
   * @param state joining, up, leaving or down, as the members agreed
   * @param facts null until it told them
   */
  record Seen(Presence state, boolean reachable, @Nullable NodeFacts facts, Instant since) {
    Presence presence() {
      return reachable || state == Presence.DOWN ? state : Presence.UNREACHABLE;
    }
  }

  /** A member appeared or changed its state. */
  Roster with(Key key, Presence state, Instant now) {
    Seen old = seen.get(key);
    return put(
        key,
        old == null
            ? new Seen(state, true, null, now)
            : new Seen(state, old.reachable(), old.facts(), old.since()));
  }

  Roster reachable(Key key, boolean reachable) {
    Seen old = seen.get(key);
    return old == null
        ? this
        : put(key, new Seen(old.state(), reachable, old.facts(), old.since()));
  }

  /** A node at an address told about itself; it is not lost any longer. */
  Roster told(String address, NodeFacts facts) {
    var next = new TreeMap<Key, Seen>(ORDER);
    seen.forEach((key, one) ->
        next.put(
            key,
            key.address().equals(address)
                ? new Seen(one.state(), one.reachable(), facts, one.since())
                : one));
    boolean member = seen.keySet().stream().anyMatch(key -> key.address().equals(address));
    return new Roster(next, member ? without(facts.id(), facts.name()) : lost);
  }

  /** A member is gone; it is remembered, for its containers still are somewhere. */
  Roster removed(Key key) {
    var next = new TreeMap<Key, Seen>(ORDER);
    next.putAll(seen);
    Seen gone = next.remove(key);
    if (gone == null || gone.facts() == null) {
      return new Roster(next, lost);
    }
    var facts = gone.facts();
    boolean back =
        next.values().stream()
            .anyMatch(one -> one.facts() != null && one.facts().id().equals(facts.id()));
    return back ? new Roster(next, lost) : new Roster(next, remembering(facts, key));
  }

  private List<Known> remembering(NodeFacts facts, Key key) {
    var list = new ArrayList<>(without(facts.id(), facts.name()));
    list.add(new Known(facts.id(), facts.name(), key.address()));
    return list;
  }

  Roster losing(Stream<Known> others) {
    return new Roster(seen, others.toList());
  }

  /** The members that were counted in and are not removed yet, if they have told who they are. */
  Stream<Known> established() {
    return seen.entrySet().stream()
        .flatMap(entry -> {
          Seen one = entry.getValue();
          boolean counts = one.state() == Presence.UP || one.state() == Presence.LEAVING;
          return counts && one.facts() != null
              ? Stream.of(new Known(one.facts().id(), one.facts().name(), entry.getKey().address()))
              : Stream.of();
        });
  }

  /** Where the members are that have not told about themselves. */
  List<String> strangers() {
    return seen.entrySet().stream()
        .filter(entry -> entry.getValue().facts() == null)
        .map(entry -> entry.getKey().address())
        .toList();
  }

  /** Another present node that uses the same name, or the same id from another address. */
  Optional<NodeFacts> clash(NodeFacts who, String address) {
    return seen.entrySet().stream()
        .filter(entry -> !entry.getKey().address().equals(address))
        .filter(entry -> entry.getValue().presence() != Presence.DOWN)
        .filter(entry -> entry.getValue().reachable())
        .map(entry -> entry.getValue().facts())
        .filter(facts -> facts != null)
        .filter(facts -> Door.clash(facts, who))
        .findFirst();
  }

  private Roster put(Key key, Seen value) {
    var next = new TreeMap<Key, Seen>(ORDER);
    next.putAll(seen);
    next.put(key, value);
    return new Roster(next, lost);
  }

  private List<Known> without(String id, String name) {
    return lost.stream().filter(k -> !k.id().equals(id) && !k.name().equals(name)).toList();
  }

  private static final java.util.Comparator<Key> ORDER =
      java.util.Comparator.comparing(Key::address).thenComparingLong(Key::incarnation);
}
