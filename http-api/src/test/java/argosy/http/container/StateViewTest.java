package argosy.http.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.container.Lifecycle;
import argosy.engine.container.Lifecycle.Ended;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateViewTest {
  private static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");
  private static final Instant START = NOW.minusSeconds(3);

  @ParameterizedTest
  @CsvSource({
    "0,Less than a second", "1,1 second", "59,59 seconds", "60,About a minute",
        "119,About a minute",
    "120,2 minutes", "3599,59 minutes", "3600,About an hour", "5399,About an hour", "5400,2 hours",
    "172800,2 days", "1209600,2 weeks", "5184000,2 months", "63072000,2 years"
  })
  void durations(long seconds, String text) {
    assertEquals(text, HumanDuration.of(Duration.ofSeconds(seconds)));
  }

  @Test
  void texts() {
    assertEquals("Created", status(new Lifecycle.Created()));
    assertEquals("Up 3 seconds", status(new Lifecycle.Running(7, START)));
    assertEquals("Up 3 seconds", status(new Lifecycle.Stopping(7, START)));
    assertEquals("Up 3 seconds (Paused)", status(new Lifecycle.Paused(7, START)));
    var ended = new Ended(START, NOW.minusSeconds(300), 137, true, "", false);
    assertEquals("Exited (137) 5 minutes ago", status(new Lifecycle.Exited(ended)));
    assertEquals("Restarting (137) 5 minutes ago", status(new Lifecycle.Restarting(ended)));
    assertEquals("Removal In Progress", status(new Lifecycle.Removing(ended)));
    assertEquals("Dead", status(new Lifecycle.Dead(ended)));
  }

  @Test
  void a_container_that_could_not_start_is_created_with_an_error() {
    var ended = new Ended(Instant.EPOCH, NOW, 127, false, "exec: not found", false);
    var container = Samples.container(new Lifecycle.Exited(ended));
    assertEquals("Created", StateView.status(container, NOW));
    var state = StateView.inspect(container);
    assertEquals("created", state.status());
    assertEquals(127, state.exitCode());
    assertEquals("exec: not found", state.error());
    assertEquals("0001-01-01T00:00:00Z", state.startedAt());
    assertEquals("0001-01-01T00:00:00Z", state.finishedAt());
  }

  @Test
  void health_stands_behind_the_time() {
    var running = new Lifecycle.Running(7, START);
    assertEquals(
        "Up 3 seconds (health: starting)",
        StateView.status(Samples.withHealth(running, "starting"), NOW));
    assertEquals(
        "Up 3 seconds (healthy)", StateView.status(Samples.withHealth(running, "healthy"), NOW));
  }

  private static String status(Lifecycle state) {
    return StateView.status(Samples.container(state), NOW);
  }
}
