package argosy.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(5, Duration.ofSeconds(1), Duration.ofSeconds(6));

  @Test
  void each_wait_is_twice_as_long_up_to_the_longest() {
    assertEquals(Duration.ofSeconds(1), backoff.after(1));
    assertEquals(Duration.ofSeconds(4), backoff.after(3));
    assertEquals(Duration.ofSeconds(6), backoff.after(40));
  }

  @Test
  void what_will_not_pass_and_the_last_attempt_are_not_waited_for() {
    assertEquals(
        Optional.of(Duration.ofSeconds(2)), backoff.before(2, new Refusal(503, "UNKNOWN", "")));
    assertEquals(Optional.empty(), backoff.before(5, new Refusal(503, "UNKNOWN", "")));
    assertEquals(Optional.empty(), backoff.before(1, new Refusal(404, "UNKNOWN", "")));
    assertEquals(Optional.empty(), backoff.before(1, new IllegalStateException()));
  }
}
