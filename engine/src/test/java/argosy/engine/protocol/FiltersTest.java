package argosy.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiltersTest {
  private static Filters filters(String key, String... values) {
    return new Filters(Map.of(key, List.of(values)));
  }

  @Test
  void one_value_of_a_key_is_enough() {
    assertTrue(filters("name", "a", "b").any("name", "b"::equals));
    assertFalse(filters("name", "a", "b").any("name", "c"::equals));
    assertTrue(filters("name", "a").any("driver", "c"::equals));
  }

  @Test
  void every_label_must_hold_and_no_unwanted_one() {
    var labels = Map.of("a", "1", "b", "");
    assertTrue(filters("label", "a", "b").labels(labels));
    assertTrue(filters("label", "a=1", "b=").labels(labels));
    assertFalse(filters("label", "a=1", "c").labels(labels));
    assertFalse(filters("label!", "a").labels(labels));
    assertTrue(filters("label!", "a=2").labels(labels));
  }

  @Test
  void an_unknown_key_is_refused_with_dockers_text() {
    var refused = assertThrows(Refused.class, () -> filters("foo", "bar").only(Set.of("name")));
    assertEquals("invalid filter 'foo'", refused.getMessage());
  }

  @Test
  void a_flag_is_true_or_false_and_nothing_else() {
    assertTrue(filters("dangling", "1").flag("dangling", false));
    assertFalse(filters("dangling", "false").flag("dangling", true));
    assertTrue(filters("x", "y").flag("dangling", true));
    assertThrows(Refused.class, () -> filters("dangling", "maybe").flag("dangling", true));
    assertThrows(Refused.class, () -> filters("dangling", "1", "0").flag("dangling", true));
  }
}
