package argosy.engine.container.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.Lifecycle.Ended;
import argosy.engine.spec.ContainerSpec.RestartPolicy;
import argosy.engine.spec.ContainerSpec.RestartPolicy.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartRuleTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private static Ended after(Duration up, int code, boolean byUser) {
    return new Ended(START, START.plus(up), code, false, "", byUser);
  }

  private static Optional<Duration> next(Name name, int retries, Ended ended, int count, int ms) {
    return RestartRule.afterExit(
        new RestartPolicy(name, retries),
        ended,
        Duration.between(ended.started(), ended.finished()),
        count,
        Duration.ofMillis(ms));
  }

  @Test
  void a_clock_that_is_set_changes_nothing() {
    var always = new RestartPolicy(Name.ALWAYS, 0);
    Duration waited = Duration.ofMillis(400);
    var setBack = new Ended(START, START.minusSeconds(3600), 1, false, "", false);
    assertEquals(
        Optional.of(RestartRule.FIRST),
        RestartRule.afterExit(always, setBack, Duration.ofSeconds(12), 3, waited));
    Ended setForward = after(Duration.ofHours(1), 1, false);
    assertEquals(
        Optional.of(Duration.ofMillis(800)),
        RestartRule.afterExit(always, setForward, Duration.ofSeconds(1), 3, waited));
  }

  @Test
  void waits_double_to_a_minute() {
    Ended crash = after(Duration.ofSeconds(1), 1, false);
    assertEquals(Optional.of(Duration.ofMillis(100)), next(Name.ALWAYS, 0, crash, 0, 0));
    assertEquals(Optional.of(Duration.ofMillis(200)), next(Name.ALWAYS, 0, crash, 1, 100));
    assertEquals(Optional.of(Duration.ofSeconds(60)), next(Name.ALWAYS, 0, crash, 9, 51_200));
    Ended longer = after(Duration.ofSeconds(10), 1, false);
    assertEquals(Optional.of(Duration.ofMillis(100)), next(Name.ALWAYS, 0, longer, 9, 51_200));
  }

  @Test
  void an_unhealthy_one_waits_longer_until_it_was_healthy() {
    Duration first = Duration.ofMillis(100);
    assertEquals(first, RestartRule.afterUnhealthy(false, Duration.ZERO));
    assertEquals(Duration.ofMillis(200), RestartRule.afterUnhealthy(false, first));
    assertEquals(Duration.ofSeconds(60), RestartRule.afterUnhealthy(false, Duration.ofSeconds(50)));
    assertEquals(first, RestartRule.afterUnhealthy(true, Duration.ofSeconds(60)));
    assertTrue(RestartRule.whenUnhealthy(Map.of("argosy.restart-unhealthy", "true")));
    assertFalse(RestartRule.whenUnhealthy(Map.of("argosy.restart-unhealthy", "no")));
  }

  @Test
  void only_what_the_policy_wants() {
    Ended good = after(Duration.ofSeconds(1), 0, false);
    Ended bad = after(Duration.ofSeconds(1), 3, false);
    Ended byUser = after(Duration.ofSeconds(1), 143, true);
    assertTrue(next(Name.NO, 0, bad, 0, 0).isEmpty());
    assertTrue(next(Name.ON_FAILURE, 0, good, 0, 0).isEmpty());
    assertTrue(next(Name.ON_FAILURE, 2, bad, 1, 0).isPresent());
    assertTrue(next(Name.ON_FAILURE, 2, bad, 2, 0).isEmpty());
    assertTrue(next(Name.UNLESS_STOPPED, 0, good, 0, 0).isPresent());
    assertTrue(next(Name.ALWAYS, 0, byUser, 0, 0).isEmpty());
  }

  @Test
  void the_engine_s_start_brings_up_what_should_run() {
    var always = new RestartPolicy(Name.ALWAYS, 0);
    var unless = new RestartPolicy(Name.UNLESS_STOPPED, 0);
    Ended ended = after(Duration.ofSeconds(1), 0, true);
    assertTrue(RestartRule.atEngineStart(always, ended, 0, false));
    assertFalse(RestartRule.atEngineStart(always, Ended.NEVER_RAN, 0, false));
    assertFalse(RestartRule.atEngineStart(unless, ended, 0, false));
    assertTrue(RestartRule.atEngineStart(unless, ended, 0, true));
    assertFalse(RestartRule.atEngineStart(RestartPolicy.NONE, ended, 0, true));
  }
}
