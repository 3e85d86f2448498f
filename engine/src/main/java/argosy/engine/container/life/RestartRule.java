package argosy.engine.container.life;

import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When a container that ended is run again: after 100 ms, doubling to 60 s, from the start again
 * once it was up for 10 s.
 */
public final class RestartRule {
  /** A label of ours: {@code true} runs a container again when its health check has failed. */
  public static final String UNHEALTHY_LABEL = "argosy.restart-unhealthy";

  static final Duration FIRST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(60);
  static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

  private RestartRule() {}

  /**
   * How long to wait before the next try, or empty to rest.
   *
   * @param up how long it ran, whatever the host's clock says
   * @param count how often it was already run again
   * @param waited the wait before the run that ended; ZERO for the first
   */
  public static Optional<Duration> afterExit(
      RestartPolicy policy, Ended ended, Duration up, int count, Duration waited) {
    if (ended.byUser() || !wanted(policy, ended, count)) {
      return Optional.empty();
    }
    return Optional.of(pause(up.compareTo(LONG_ENOUGH) >= 0, waited));
  }

  /** Whether a container with these labels is run again when its health check has failed. */
  public static boolean whenUnhealthy(Map<String, String> labels) {
    return "true".equals(labels.get(UNHEALTHY_LABEL));
  }

  /**
   * How long an unhealthy container waits, once it has ended, before it runs again; from the start
   * again once it was healthy.
   *
   * @param waited the wait before the run that was unhealthy; ZERO for the first
   */
  public static Duration afterUnhealthy(boolean wasHealthy, Duration waited) {
    return pause(wasHealthy, waited);
  }

  private static Duration pause(boolean wasGood, Duration waited) {
    if (wasGood || waited.isZero()) {
      return FIRST;
    }
    Duration doubled = waited.multipliedBy(2);
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }

  /**
   * Whether a container that does not run is started when the engine comes up.
   *
   * @param desired it ran and nobody stopped it
   */
  public static boolean atEngineStart(
      RestartPolicy policy, Ended ended, int count, boolean desired) {
    return switch (policy.name()) {
      case NO -> false;
      case ALWAYS -> desired || !ended.started().equals(Instant.EPOCH);
      case UNLESS_STOPPED -> desired;
      case ON_FAILURE -> desired && wanted(policy, ended, count);
    };
  }

  private static boolean wanted(RestartPolicy policy, Ended ended, int count) {
    return switch (policy.name()) {
      case NO -> false;
      case ALWAYS, UNLESS_STOPPED -> true;
      case ON_FAILURE ->
          ended.code() != 0 && (policy.maximumRetries() == 0 || count < policy.maximumRetries());
    };
  }
}
