package argosy.http.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeTextTest {
  @Test
  void nine_digits_and_z() {
    var time = Instant.parse("2026-11-21T17:49:06.4279Z");
    assertEquals("2026-11-21T17:49:06.427900000Z", TimeText.nanos(time));
  }

  @Test
  void never_is_gos_zero_time() {
    assertEquals("0001-01-01T00:00:00Z", TimeText.nanos(null));
    assertEquals("0001-01-01T00:00:00Z", TimeText.nanos(Instant.EPOCH));
  }

  @Test
  void seconds_may_have_a_fraction() {
    assertEquals(Instant.ofEpochSecond(7), TimeText.seconds("since", Optional.of("7")));
    assertEquals(
        Instant.ofEpochSecond(1795283299, 605411437),
        TimeText.seconds("since", Optional.of("1795283299.605411437")));
    assertEquals(
        Instant.ofEpochSecond(-1), TimeText.seconds("since", Optional.of("-1")), "before 1970");
    assertEquals(
        Instant.ofEpochSecond(99_999_999_999L),
        TimeText.seconds("until", Optional.of("99999999999")));
    assertEquals(
        Instant.parse("2026-01-01T00:00:00Z"),
        TimeText.seconds("since", Optional.of("2026-01-01T00:00:00Z")));
  }

  @Test
  void nothing_and_zero_are_no_bound() {
    assertNull(TimeText.seconds("since", Optional.empty()));
    assertNull(TimeText.seconds("since", Optional.of("")));
    assertNull(TimeText.seconds("since", Optional.of("0")));
  }

  @Test
  void anything_else_is_refused() {
    for (String wrong : List.of("soon", "-5x", "1e999999999", "99999999999999999999")) {
      assertThrows(Refused.class, () -> TimeText.seconds("since", Optional.of(wrong)), wrong);
    }
  }

  @Test
  void events_since_0_are_all_of_them() {
    assertEquals(Instant.EPOCH, TimeText.since(Optional.of("0")));
    assertEquals(Instant.ofEpochSecond(7), TimeText.since(Optional.of("7")));
    assertNull(TimeText.since(Optional.empty()));
  }
}
