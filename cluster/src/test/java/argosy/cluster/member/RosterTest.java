package argosy.cluster.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cluster.member.Roster.Key;
import argosy.cluster.wire.NodeFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final NodeFacts N1 = new NodeFacts("n1", "id1", List.of(), null, "");
  private static final NodeFacts N2 = new NodeFacts("n2", "id2", List.of(), null, "");
  private static final Key FIRST = new Key("at1", 1);
  private static final Key SECOND = new Key("at1", 2);

  private static Roster one() {
    return Roster.EMPTY.with(FIRST, Presence.UP, NOW).told("at1", N1);
  }

  private static List<Membership.Other> view(Roster roster) {
    return Views.membership("me", "c", true, roster, "").others();
  }

  @Test
  void aMemberIsShownOnceItToldWhoItIs() {
    var silent = Roster.EMPTY.with(FIRST, Presence.UP, NOW);
    assertEquals(List.of("at1"), silent.strangers());
    assertTrue(view(silent).isEmpty());
    assertEquals(Presence.UP, view(one()).getFirst().presence());
  }

  @Test
  void silenceIsShownAndEnds() {
    var silent = one().reachable(FIRST, false);
    assertEquals(Presence.UNREACHABLE, view(silent).getFirst().presence());
    assertEquals(Presence.UP, view(silent.reachable(FIRST, true)).getFirst().presence());
  }

  @Test
  void whoIsRemovedIsDownAndNotForgotten() {
    var gone = one().removed(FIRST);
    assertEquals(Presence.DOWN, view(gone).getFirst().presence());
    assertFalse(view(gone).getFirst().reachable());
    assertEquals("n1", gone.lost().getFirst().name());
  }

  @Test
  void whoComesBackIsNotLost() {
    var back = one().removed(FIRST).with(SECOND, Presence.UP, NOW).told("at1", N1);
    assertTrue(back.lost().isEmpty());
    var overlapping = one().with(SECOND, Presence.UP, NOW).told("at1", N1).removed(FIRST);
    assertTrue(overlapping.lost().isEmpty());
    assertEquals(1, view(overlapping).size());
  }

  @Test
  void aNameIsTakenByWhoIsThere() {
    var same = new NodeFacts("n1", "other", List.of(), null, "");
    assertTrue(one().clash(same, "elsewhere").isPresent());
    assertTrue(one().clash(N2, "elsewhere").isEmpty());
    assertTrue(one().clash(N1, "at1").isEmpty(), "it restarted");
    assertTrue(one().reachable(FIRST, false).clash(N1, "elsewhere").isEmpty(), "it moved");
  }

  @Test
  void theRecordWaitsUntilAllHaveToldWhoTheyAre() {
    var record = ClusterRecord.of("c", List.of(new Known("me", "me", "me")), List.of());
    var self = new Known("me", "me", "me");
    var stranger = one().with(new Key("at2", 3), Presence.UP, NOW);
    assertEquals(record, record.after(stranger, self));
    var all = record.after(stranger.told("at2", N2), self);
    assertEquals(List.of("id1", "id2", "me"), all.members().stream().map(Known::id).toList());
    assertEquals("id1", all.keeper());
  }
}
