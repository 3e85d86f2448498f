package argosy.engine.spec;

import java.time.Duration;
import java.util.List;

/**
 * A health check; zero durations and retries mean Docker's defaults (30 s, 30 s, 3, 0 s, 5 s).
 *
 * @param test {@code [NONE]}, {@code [CMD, …]} or {@code [CMD-SHELL, command]}; empty inherits
 */
public record HealthSpec(
    List<String> test,
    Duration interval,
    Duration timeout,
    int retries,
    Duration startPeriod,
    Duration startInterval) {
  public HealthSpec {
    test = List.copyOf(test);
  }
}
