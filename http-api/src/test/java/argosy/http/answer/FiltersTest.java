package argosy.http.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiltersTest {
  @Test
  void both_notations_are_read() {
    assertEquals(
        Map.of("label", List.of("a=b", "c")), Filters.parse("{\"label\":[\"a=b\",\"c\"]}"));
    assertEquals(
        Map.of("label", List.of("a=b")), Filters.parse("{\"label\":{\"a=b\":true,\"no\":false}}"));
  }

  @Test
  void nothing_is_no_filter() {
    assertEquals(Map.of(), Filters.parse(""));
    assertEquals(Map.of(), Filters.parse("{}"));
  }

  @Test
  void what_is_no_filter_is_refused() {
    for (String wrong : List.of("[", "7", "{\"label\":7}", "[\"a\"]")) {
      assertThrows(Refused.class, () -> Filters.parse(wrong), wrong);
    }
  }
}
