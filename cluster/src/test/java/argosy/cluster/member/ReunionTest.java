package argosy.cluster.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cluster.member.Reunion.Decision;
import argosy.cluster.wire.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReunionTest {
  private static Known known(String id) {
    return new Known(id, "node-" + id, "pekko://argosy-cluster@" + id + ":1");
  }

  private static ClusterRecord record(String... ids) {
    return ClusterRecord.of("c", Stream.of(ids).map(ReunionTest::known).toList(), List.of());
  }

  private static Greeting greeting(
      Greeting.State state, String id, @Nullable ClusterRecord record) {
    var facts = new NodeFacts("node-" + id, id, List.of(), null, "");
    return new Greeting(state, facts, known(id).address(), "c", "refused by " + id, record);
  }

  private static Greeting seeking(String id, String... members) {
    return greeting(Greeting.State.SEEKING, id, record(members));
  }

  private static Decision decide(
      String self, @Nullable ClusterRecord record, boolean join, Greeting... greetings) {
    return new Reunion(self, record, join, false, "").decide(List.of(greetings));
  }

  @Test
  void aFirstStartFoundsUnlessToldToJoin() {
    assertEquals(new Decision.Found(), decide("a", null, false));
    assertInstanceOf(Decision.Wait.class, decide("a", null, true));
  }

  @Test
  void aMemberIsJoinedBeforeAnythingElse() {
    var member = greeting(Greeting.State.MEMBER, "b", null);
    assertEquals(
        new Decision.Join(member),
        decide("a", record("a", "b"), false, seeking("c", "a", "c"), member));
    assertEquals(new Decision.Join(member), decide("a", record("a"), true, member));
  }

  @Test
  void theOnlyMemberFoundsAgain() {
    assertEquals(new Decision.Found(), decide("a", record("a"), false));
    assertInstanceOf(Decision.Wait.class, decide("a", record("a"), true));
  }

  @Test
  void aRefusalIsToldAsItIs() {
    assertEquals(
        new Decision.Wait("refused by b"),
        decide("a", null, true, greeting(Greeting.State.REFUSED, "b", null)));
  }

  @Test
  void theKeeperFoundsWithAMajority() {
    String[] all = {"a", "b", "c"};
    assertEquals(new Decision.Found(), decide("a", record(all), false, seeking("b", all)));
    assertEquals(new Decision.Found(), decide("a", record(all), true, seeking("b", all)));
  }

  @Test
  void theKeeperAloneWaitsAndSaysForWhom() {
    var decision = decide("a", record("a", "b", "c"), false);
    assertEquals(
        new Decision.Wait("this host is outside its cluster and waits for node-b, node-c"),
        decision);
  }

  @Test
  void anotherThanTheKeeperWaits() {
    String[] all = {"a", "b", "c"};
    assertInstanceOf(Decision.Wait.class, decide("b", record(all), false, seeking("c", all)));
    assertEquals(
        new Decision.Wait(
            "this host is outside its cluster and waits for node-a to found it again"),
        decide("b", record(all), false, seeking("c", all), seeking("a", "a", "d", "e")));
  }

  @Test
  void oneOfTwoIsNoMajority() {
    assertInstanceOf(Decision.Wait.class, decide("a", record("a", "b"), false));
  }

  @Test
  void whoRemembersAnotherKeeperIsNoSupporter() {
    assertInstanceOf(
        Decision.Wait.class,
        decide("a", record("a", "b", "c"), false, seeking("b", "b", "c"), seeking("c", "b", "c")));
    assertEquals(
        new Decision.Found(),
        decide("b", record("b", "c"), false, seeking("a", "a", "b", "c"), seeking("c", "b", "c")));
  }

  @Test
  void aSupportersOwnMajorityCountsToo() {
    assertInstanceOf(
        Decision.Wait.class,
        decide("a", record("a", "b"), false, seeking("b", "a", "b", "c", "d", "e")));
  }

  @Test
  void theOperatorsWordIsEnough() {
    assertEquals(
        new Decision.Found(),
        new Reunion("b", record("a", "b", "c"), false, true, "").decide(List.of()));
  }

  /**
   * Invariant: however the records came about by splits and joins, no two disjoint sets of seekers
   * can both found, and none can while a cluster lives.
   */
  @Test
  void neverTwo() {
    for (int seed = 0; seed < 2000; seed++) {
      new History(new Random(seed)).check();
    }
  }

  /** Five nodes, a line of memberships each a majority of the one before, records left behind. */
  private static final class History {
    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");
    private final Random random;
    private final List<ClusterRecord> records = new ArrayList<>();
    private List<String> members = ALL;

    History(Random random) {
      this.random = random;
      for (String _ : ALL) {
        records.add(record(ALL.toArray(String[]::new)));
      }
    }

    void check() {
      for (int step = 0; step < 6; step++) {
        change();
        remember();
        List<String> outside = ALL.stream().filter(one -> !members.contains(one)).toList();
        assertTrue(founders(outside).isEmpty(), "beside a living cluster: " + records);
      }
      var one = new ArrayList<String>();
      var other = new ArrayList<String>();
      ALL.forEach(id -> (random.nextBoolean() ? one : other).add(id));
      int founders = founders(one).size() + founders(other).size();
      assertTrue(founders <= 1, () -> one + " and " + other + ": " + records);
      assertTrue(founders(ALL).size() <= 1);
    }

    private void change() {
      var next = new ArrayList<>(members);
      if (random.nextBoolean()) {
        ALL.stream().filter(id -> !next.contains(id)).findAny().ifPresent(next::add);
      } else {
        int losses = random.nextInt((members.size() + 1) / 2);
        for (int i = 0; i < losses; i++) {
          next.remove(random.nextInt(next.size()));
        }
      }
      members = List.copyOf(next);
    }

    private void remember() {
      members.forEach(
          id -> records.set(ALL.indexOf(id), ReunionTest.record(members.toArray(String[]::new))));
    }

    private List<String> founders(List<String> present) {
      return present.stream()
          .filter(id ->
              decide(
                      id,
                      records.get(ALL.indexOf(id)),
                      false,
                      present.stream()
                          .filter(other -> !other.equals(id))
                          .map(other ->
                              greeting(
                                  Greeting.State.SEEKING, other, records.get(ALL.indexOf(other))))
                          .toArray(Greeting[]::new))
                  instanceof Decision.Found)
          .toList();
    }
  }
}
