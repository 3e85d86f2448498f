package argosy.engine.container.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import argosy.engine.container.Container.Health;
import argosy.engine.container.Container.Health.Probe;
import argosy.engine.spec.HealthSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthCourseTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final HealthSpec SPEC =
      new HealthSpec(
          List.of("CMD-SHELL", "curl -f localhost"),
          Duration.ofSeconds(7),
          Duration.ZERO,
          2,
          Duration.ofSeconds(10),
          Duration.ZERO);
  private final HealthCourse course = new HealthCourse(SPEC);

  private static Probe probe(int second, int code) {
    return new Probe(START.plusSeconds(second), START.plusSeconds(second), code, "");
  }

  private Health probed(Health before, int second, int code) {
    return course.probed(before, probe(second, code), Duration.ofSeconds(second));
  }

  @Test
  void a_clock_that_is_set_changes_nothing() {
    var inThePast = new Probe(Instant.EPOCH, Instant.EPOCH, 1, "");
    var health = course.probed(HealthCourse.STARTING, inThePast, Duration.ofSeconds(11));
    assertEquals(1, health.failingStreak());
    var inTheFuture = probe(100_000, 1);
    health = course.probed(HealthCourse.STARTING, inTheFuture, Duration.ofSeconds(5));
    assertEquals(0, health.failingStreak());
  }

  @Test
  void failures_count_after_the_start_period() {
    var health = probed(HealthCourse.STARTING, 5, 1);
    assertEquals("starting", health.status());
    assertEquals(0, health.failingStreak());
    health = probed(health, 11, 1);
    assertEquals("starting", health.status());
    health = probed(health, 18, 1);
    assertEquals("unhealthy", health.status());
    health = probed(health, 25, 0);
    assertEquals("healthy", health.status());
    assertEquals(0, health.failingStreak());
    health = probed(health, 32, 1);
    assertEquals("healthy", health.status());
  }

  @Test
  void a_run_begins_with_the_probes_of_the_one_before_and_ends_unhealthy() {
    assertEquals(HealthCourse.STARTING, HealthCourse.begun(null));
    var healthy = probed(HealthCourse.STARTING, 5, 0);
    var over = HealthCourse.over(healthy);
    assertEquals(new Health("unhealthy", 0, healthy.log()), over);
    assertEquals(new Health("starting", 0, healthy.log()), HealthCourse.begun(over));
    assertNull(HealthCourse.over(null));
  }

  @Test
  void five_probes_are_kept() {
    var health = HealthCourse.STARTING;
    for (int i = 0; i < 8; i++) {
      health = probed(health, 20 + i, 0);
    }
    assertEquals(5, health.log().size());
    assertEquals(START.plusSeconds(23), health.log().getFirst().start());
  }

  @Test
  void pauses_and_commands() {
    assertEquals(Duration.ofSeconds(5), course.pause(HealthCourse.STARTING, Duration.ZERO));
    assertEquals(
        Duration.ofSeconds(7), course.pause(HealthCourse.STARTING, Duration.ofSeconds(10)));
    assertEquals(Duration.ofSeconds(30), course.timeout());
    assertEquals(List.of("/bin/sh", "-c", "curl -f localhost"), HealthCourse.command(SPEC));
  }
}
