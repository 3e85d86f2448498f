package argosy.cluster.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cluster.Samples;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.spec.ContainerSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static Candidate node(String name, int running, boolean image) {
    return new Candidate(
        name,
        "id-" + name,
        List.of("zone=" + name.charAt(0), "disk=ssd"),
        Samples.facts(name, running),
        image,
        Set.of(),
        Set.of());
  }

  private static Candidate owning(String name, Set<String> networks, Set<String> volumes) {
    return new Candidate(
        name, "id-" + name, List.of(), Samples.facts(name, 0), true, networks, volumes);
  }

  private static Wish wish(ContainerSpec spec) {
    return switch (Wish.of(spec)) {
      case Outcome.Ok<Wish>(var wish) -> wish;
      case Outcome.Failed<Wish>(var failure) -> throw new AssertionError(failure);
    };
  }

  private static Placement.Ranking rank(ContainerSpec spec, Candidate... nodes) {
    return Placement.rank(wish(spec), Map.of(), List.of(nodes));
  }

  @Test
  void theEmptiestComesFirst() {
    var ranking =
        rank(Samples.spec("i"), node("n1", 3, true), node("n2", 1, true), node("n3", 1, true));
    assertEquals(List.of("n2", "n3", "n1"), ranking.fit());
  }

  @Test
  void onlyNodesWithTheImage() {
    var ranking = rank(Samples.spec("i"), node("n1", 0, false), node("n2", 9, true));
    assertEquals(List.of("n2"), ranking.fit());
    assertEquals(Map.of("n1", "does not have the image i"), ranking.refused());
    assertTrue(rank(Samples.spec("i"), node("n1", 0, false)).imageMissing());
  }

  @Test
  void anImageOnANodeThatMayNotBeIsMissing() {
    var ranking =
        rank(Samples.spec("i", "constraint:node==n2"), node("n1", 0, true), node("n2", 0, false));
    assertTrue(ranking.imageMissing());
  }

  @Test
  void constraintsByNameIdAndLabel() {
    Candidate a1 = node("a1", 0, true);
    Candidate a2 = node("a2", 1, true);
    Candidate b1 = node("b1", 2, true);
    assertEquals(List.of("a2"), rank(Samples.spec("i", "constraint:node==a2"), a1, a2, b1).fit());
    assertEquals(
        List.of("a1", "b1"),
        rank(Samples.spec("i", "constraint:node.id!=id-a2"), a1, a2, b1).fit());
    assertEquals(
        List.of("a1", "a2"),
        rank(Samples.spec("i", "constraint:node.labels.zone==a"), a1, a2, b1).fit());
    assertEquals(
        List.of("a1", "a2"), rank(Samples.spec("i", "constraint:node==a*"), a1, a2, b1).fit());
    assertEquals(
        List.of(),
        rank(
                Samples.spec("i", "constraint:node.labels.disk==ssd", "constraint:node==c"),
                a1,
                a2,
                b1)
            .fit());
    assertEquals(
        "does not meet the constraint node==c",
        rank(Samples.spec("i", "constraint:node==c"), a1).refused().get("a1"));
  }

  @Test
  void aConstraintNobodyUnderstandsIsInvalid() {
    var outcome = Wish.of(Samples.spec("i", "constraint:colour==red"));
    assertInstanceOf(Failure.Invalid.class, ((Outcome.Failed<Wish>) outcome).failure());
  }

  @Test
  void volumesDrawTheirContainers() {
    var spec = Samples.on(Samples.spec("i"), "default", "data:/data", "/etc:/etc:ro");
    var here = owning("n2", Set.of(), Set.of("data"));
    var ranking = rank(spec, node("n1", 0, true), here);
    assertEquals(List.of("n2"), ranking.fit());
    assertEquals(List.of("n1"), rank(spec, node("n1", 0, true)).fit(), "a new volume is made");
  }

  @Test
  void aNetworkHasToBeThere() {
    var spec = Samples.on(Samples.spec("i"), "front");
    var ranking = rank(spec, node("n1", 0, true), owning("n2", Set.of("front"), Set.of()));
    assertEquals(List.of("n2"), ranking.fit());
    assertEquals("has no network front", ranking.refused().get("n1"));
  }

  @Test
  void neighboursStayTogether() {
    var spec = Samples.on(Samples.spec("i"), "container:web");
    var ranking =
        Placement.rank(
            wish(spec), Map.of("web", "n2"), List.of(node("n1", 0, true), node("n2", 7, true)));
    assertEquals(List.of("n2"), ranking.fit());
  }
}
