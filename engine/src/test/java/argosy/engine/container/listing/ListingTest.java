package argosy.engine.container.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.Container;
import argosy.engine.container.Container.Paths;
import argosy.engine.container.ContainerRequest.Find;
import argosy.engine.container.Lifecycle;
import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.container.Specs;
import argosy.engine.failure.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Paths NOWHERE = new Paths("", "", "", "", "", "", "", "");

  private static Container container(String id, String name, int age, Lifecycle state) {
    return new Container(
        id,
        name,
        NOW.minusSeconds(age),
        Specs.plain("sh"),
        "sha256:1234",
        state,
        0,
        null,
        List.of(),
        NOWHERE,
        List.of(),
        null,
        null);
  }

  private static final List<Container> ALL =
      List.of(
          container("aa", "old", 30, new Lifecycle.Running(1, NOW)),
          container(
              "bb", "done", 20, new Lifecycle.Exited(new Ended(NOW, NOW, 3, false, "", false))),
          container("cc", "new", 10, new Lifecycle.Created()));

  private static List<String> names(boolean all, int limit, String... filter) {
    Map<String, List<String>> filters =
        filter.length == 0
            ? Map.of()
            : Map.of(filter[0], List.of(filter).subList(1, filter.length));
    return Listing.select(
            new Find(all, limit, false, filters),
            ALL,
            reference ->
                ALL.stream().filter(c -> c.name().equals(reference)).findFirst().orElseThrow())
        .stream()
        .map(Container::name)
        .toList();
  }

  @Test
  void newest_first_and_running_only() {
    assertEquals(List.of("new", "done", "old"), names(true, 0));
    assertEquals(List.of("old"), names(false, 0));
    assertEquals(List.of("new"), names(false, 1));
  }

  @Test
  void filters() {
    assertEquals(List.of("done"), names(true, 0, "exited", "3"));
    assertEquals(List.of("done"), names(false, 0, "status", "exited"));
    assertEquals(List.of("new", "done", "old"), names(true, 0, "ancestor", "busybox:latest"));
    assertEquals(List.of("old"), names(true, 0, "before", "done"));
    assertEquals(List.of("new"), names(true, 0, "since", "done"));
    assertEquals(List.of("new", "old"), names(true, 0, "name", "^/new$", "ol"));
    assertEquals(List.of("new", "done", "old"), names(true, 0, "label", "tier=web"));
    assertEquals(List.of(), names(true, 0, "label", "tier=web", "none"));
    assertEquals(List.of("done"), names(true, 0, "id", "bb"));
    assertEquals(List.of(), names(true, 0, "health", "healthy"));
  }

  @Test
  void unknown_ones_are_refused() {
    assertEquals(
        "invalid filter 'nope'",
        assertThrows(Refused.class, () -> names(true, 0, "nope", "x")).getMessage());
    assertThrows(Refused.class, () -> names(true, 0, "status", "sleeping"));
    assertThrows(Refused.class, () -> names(true, 0, "exited", "x"));
  }

  @Test
  void prunable() {
    var old = Listing.prunable(Map.of("until", List.of("15s")), NOW);
    assertEquals(List.of("done"), ALL.stream().filter(old).map(Container::name).toList());
    assertTrue(ALL.stream().noneMatch(Listing.prunable(Map.of("label!", List.of("tier")), NOW)));
  }
}
