package argosy.engine.container;

import argosy.engine.container.Container.Health;
import argosy.engine.container.Container.Health.Probe;
import argosy.engine.container.ContainerActor.Command;
import argosy.engine.container.ContainerActor.Due;
import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.container.health.HealthCourse;
import argosy.engine.container.life.Moves;
import argosy.engine.container.naming.Ids;
import argosy.engine.failure.Outcome;
import argosy.engine.spec.HealthSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Probes a running container and tells when its health changes. Belongs to its actor. */
final class HealthWatch {
  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private @Nullable HealthCourse course;

  /** How long the run had lasted when the present probe began. */
  private Duration begun = Duration.ZERO;

  HealthWatch(Standing standing, TimerScheduler<Command> timers) {
    this.standing = standing;
    this.timers = timers;
  }

  /** A run began, or was found going on. */
  void begin() {
    HealthSpec spec = standing.record().spec().health();
    if (spec == null || !HealthCourse.isAsked(spec)) {
      return;
    }
    course = new HealthCourse(spec);
    standing.healthy(HealthCourse.STARTING);
    next(course, HealthCourse.STARTING);
  }

  private void next(HealthCourse now, Health health) {
    var pause = now.pause(health, standing.uptime().now());
    timers.startSingleTimer(Due.PROBE, Due.PROBE, pause);
  }

  /** It is time for a probe. */
  void probe() {
    HealthSpec spec = standing.record().spec().health();
    if (course == null || spec == null || !(standing.life() instanceof Lifecycle.Running)) {
      return;
    }
    var record = standing.record();
    var around = standing.around;
    Path root = around.roots().locations(record.id(), record.layers()).merged();
    var exec =
        new ExecSpec(
            HealthCourse.command(spec), List.of(), "", "", false, false, false, true, true, "");
    var probing = new Probing(around, record.id(), Ids.make(around.random()), course.timeout());
    Instant start = around.clock().instant();
    begun = standing.uptime().now();
    HealthCourse asked = course;
    standing.work(
        () -> {
          String hostname = record.spec().identity().hostname();
          byte[] process = around.blueprints().process(record.spec(), root, hostname, exec);
          return probing.run(process, start);
        },
        outcome ->
            new ContainerActor.Probed(
                asked,
                outcome instanceof Outcome.Ok<Probe>(var probe) ? probe : failed(start, outcome)));
  }

  private static Probe failed(Instant start, Outcome<Probe> outcome) {
    String why =
        outcome instanceof Outcome.Failed<Probe>(var failure) ? failure.message() : "no answer";
    return new Probe(start, start, -1, why);
  }

  /** What a probe said; one of an earlier run says nothing. */
  void probed(HealthCourse of, Probe probe) {
    Health before = standing.health();
    if (of != course || before == null || Moves.pid(standing.life()).isEmpty()) {
      return;
    }
    Health after = of.probed(before, probe, begun);
    standing.healthy(after);
    if (!after.status().equals(before.status())) {
      standing.publish("health_status: " + after.status());
    }
    next(of, after);
  }

  /** The run is over; the last word on its health stays. */
  void end() {
    course = null;
    timers.cancel(Due.PROBE);
  }
}
