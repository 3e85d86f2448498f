package argosy.engine.container.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UptimeTest {
  private final AtomicLong nanos = new AtomicLong(-7);
  private final Uptime uptime = new Uptime(nanos::get);

  @Test
  void it_goes_by_its_own_clock() {
    uptime.begin(Duration.ZERO);
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertEquals(Duration.ofSeconds(3), uptime.now());
  }

  @Test
  void a_run_that_was_found_is_as_old_as_it_is_and_never_younger_than_nothing() {
    uptime.begin(Duration.ofMinutes(1));
    assertEquals(Duration.ofMinutes(1), uptime.now());
    uptime.begin(Duration.ofMinutes(-1));
    assertEquals(Duration.ZERO, uptime.now());
  }
}
