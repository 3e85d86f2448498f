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
import java.util.Map;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Probes a running container and tells when its health changes. Belongs to its actor. */
final class HealthWatch {
  /** What the process of a probe ends with whose time is over: 128 + SIGKILL. */
  private static final int KILLED = 137;

  private final Standing standing;
  private final TimerScheduler<Command> timers;
  private @Nullable HealthCourse course;
  private boolean wasHealthy;

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
    wasHealthy = false;
    course = new HealthCourse(spec);
    Health begun = HealthCourse.begun(standing.state().health());
    standing.healthy(begun, false);
    next(course, begun);
  }

  private void next(HealthCourse now, Health health) {
    var pause = now.pause(health, standing.uptime().now());
    timers.startSingleTimer(Due.PROBE, Due.PROBE, pause);
  }

  /** It is time for a probe. */
  void probe() {
    HealthSpec spec = standing.record().spec().health();
    Health before = standing.state().health();
    if (course == null || spec == null || before == null) {
      return;
    }
    if (!(standing.life() instanceof Lifecycle.Running)) {
      next(course, before);
      return;
    }
    var record = standing.record();
    var around = standing.around;
    Path root = around.roots().locations(record.id(), record.layers()).merged();
    var command = HealthCourse.command(spec);
    var exec = new ExecSpec(command, List.of(), "", "", false, false, false, true, true, "");
    String id = Ids.make(around.random());
    standing.publish("exec_create: " + Execs.line(command), Map.of("execID", id));
    standing.publish("exec_start: " + Execs.line(command), Map.of("execID", id));
    var probing = new Probing(around, record.id(), id, course.timeout());
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
                id,
                outcome instanceof Outcome.Ok<Probe>(var probe) ? probe : failed(start, outcome)));
  }

  private static Probe failed(Instant start, Outcome<Probe> outcome) {
    String why =
        outcome instanceof Outcome.Failed<Probe>(var failure) ? failure.message() : "no answer";
    return new Probe(start, start, -1, why);
  }

  /**
   * What a probe said; one of an earlier run says nothing.
   *
   * @return whether it made the container unhealthy
   */
  boolean probed(HealthCourse of, String exec, Probe probe) {
    Health before = standing.state().health();
    if (of != course || before == null || Moves.pid(standing.life()).isEmpty()) {
      return false;
    }
    int code = probe.exitCode() < 0 ? KILLED : probe.exitCode();
    standing.publish("exec_die", Map.of("execID", exec, "exitCode", Integer.toString(code)));
    Health after = of.probed(before, probe, begun);
    boolean changed = !after.status().equals(before.status());
    standing.healthy(after, changed);
    if (changed) {
      standing.publish("health_status: " + after.status());
    }
    wasHealthy |= after.status().equals("healthy");
    next(of, after);
    return changed && after.status().equals("unhealthy");
  }

  /** Whether it was healthy in this run. */
  boolean wasHealthy() {
    return wasHealthy;
  }

  /** The run is over. */
  void end() {
    course = null;
    timers.cancel(Due.PROBE);
  }
}
