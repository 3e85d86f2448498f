package argosy.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PointInTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void moments() {
    assertEquals(Instant.ofEpochSecond(12, 500_000_000), PointInTime.parse("12.5", NOW));
    assertEquals(NOW.minusSeconds(5400), PointInTime.parse("1h30m", NOW));
    assertEquals(Instant.parse("2026-11-21T00:00:00Z"), PointInTime.parse("2026-11-21", NOW));
    assertEquals(NOW, PointInTime.parse("2026-11-21T12:00:00", NOW));
    assertEquals(NOW, PointInTime.parse("2026-11-21T13:00:00+01:00", NOW));
    assertThrows(Refused.class, () -> PointInTime.parse("soon", NOW));
  }
}
