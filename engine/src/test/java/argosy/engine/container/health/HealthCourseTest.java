package argosy.engine.container.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
  private final HealthCourse course = new HealthCourse(SPEC, START);

  private static Probe probe(int second, int code) {
    return new Probe(START.plusSeconds(second), START.plusSeconds(second), code, "");
  }

  @Test
  void failures_count_after_the_start_period() {
    var health = course.probed(HealthCourse.STARTING, probe(5, 1));
    assertEquals("starting", health.status());
    assertEquals(0, health.failingStreak());
    health = course.probed(health, probe(11, 1));
    assertEquals("starting", health.status());
    health = course.probed(health, probe(18, 1));
    assertEquals("unhealthy", health.status());
    health = course.probed(health, probe(25, 0));
    assertEquals("healthy", health.status());
    assertEquals(0, health.failingStreak());
    health = course.probed(health, probe(32, 1));
    assertEquals("healthy", health.status());
  }

  @Test
  void five_probes_are_kept() {
    var health = HealthCourse.STARTING;
    for (int i = 0; i < 8; i++) {
      health = course.probed(health, probe(20 + i, 0));
    }
    assertEquals(5, health.log().size());
    assertEquals(START.plusSeconds(23), health.log().getFirst().start());
  }

  @Test
  void pauses_and_commands() {
    assertEquals(Duration.ofSeconds(5), course.pause(HealthCourse.STARTING, START));
    assertEquals(Duration.ofSeconds(7), course.pause(HealthCourse.STARTING, START.plusSeconds(10)));
    assertEquals(Duration.ofSeconds(30), course.timeout());
    assertEquals(List.of("/bin/sh", "-c", "curl -f localhost"), HealthCourse.command(SPEC));
  }
}
