package argosy.engine.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.build.CachePrune.Room;
import argosy.engine.failure.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CachePruneTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final List<BuildCache> ALL =
      List.of(cache("young", 10, 1), cache("old", 20, 30), cache("middle", 40, 10), used());

  private static BuildCache cache(String id, long bytes, int hoursAgo) {
    return new BuildCache(id, bytes, Instant.EPOCH, NOW.minus(Duration.ofHours(hoursAgo)), false);
  }

  private static BuildCache used() {
    return new BuildCache("used", 30, Instant.EPOCH, Instant.EPOCH, true);
  }

  private static List<String> chosen(Map<String, List<String>> filters, Room room) {
    return new CachePrune(filters, room)
        .chosen(ALL, 1000, NOW).stream().map(BuildCache::id).toList();
  }

  private static List<String> filtered(String filter, String value) {
    return chosen(Map.of(filter, List.of(value)), Room.NONE);
  }

  private static List<String> keeping(long reserved, long most, long free) {
    return chosen(Map.of(), new Room(reserved, most, free));
  }

  @Test
  void all_that_nobody_uses_go_without_a_filter() {
    assertEquals(List.of("old", "middle", "young"), chosen(Map.of(), Room.NONE));
  }

  @Test
  void filters_choose() {
    assertEquals(List.of("old"), filtered("until", "24h"));
    assertEquals(List.of("old", "middle"), filtered("unused-for", "2h"));
    assertEquals(List.of("middle"), filtered("id", "midd"));
    assertEquals(3, filtered("type", "exec.cachemount").size());
    assertEquals(List.of(), filtered("type", "regular"));
    assertEquals(3, filtered("description", "RUN --mount=type=cache").size());
    assertEquals(List.of(), filtered("description", "other"));
    assertEquals(List.of(), filtered("parent", "x"));
    assertEquals(List.of(), filtered("inuse", "true"), "what is used is never taken");
    assertEquals(3, filtered("inuse", "false").size());
    assertEquals(List.of(), filtered("shared", "true"));
    assertEquals(3, filtered("private", "1").size());
    assertEquals(
        List.of("old"),
        chosen(Map.of("until", List.of("2h"), "id", List.of("o")), Room.NONE).subList(0, 1));
  }

  /** Of 100 bytes; 1000 of the disk are free. */
  @Test
  void the_longest_unused_go_until_the_rest_may_stay() {
    assertEquals(List.of(), keeping(100, 0, 0));
    assertEquals(List.of("old"), keeping(99, 0, 0));
    assertEquals(List.of("old", "middle"), keeping(79, 0, 0));
    assertEquals(List.of("old"), keeping(0, 80, 0));
    assertEquals(List.of("old"), keeping(80, 1, 0), "no less than is reserved");
    assertEquals(List.of(), keeping(0, 0, 1000), "there is room enough");
    assertEquals(List.of("old"), keeping(0, 0, 1020));
    assertEquals(List.of("old", "middle"), keeping(0, 80, 1021));
    assertEquals(List.of("middle"), chosen(Map.of("id", List.of("middle")), new Room(90, 0, 0)));
  }

  @Test
  void what_docker_refuses_is_refused() {
    assertEquals(
        "failed to prune build cache: invalid filter 'foo'", refusal(Map.of("foo", List.of("1"))));
    assertEquals(
        "failed to prune build cache: filters expect only one value",
        refusal(Map.of("until", List.of("1h", "2h"))));
    assertThrows(Refused.class, () -> filtered("until", "soon"));
    assertThrows(Refused.class, () -> filtered("inuse", "maybe"));
  }

  private static String refusal(Map<String, List<String>> filters) {
    return assertThrows(Refused.class, () -> new CachePrune(filters, Room.NONE))
        .failure()
        .message();
  }
}
