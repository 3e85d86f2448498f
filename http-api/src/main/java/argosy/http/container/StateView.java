package argosy.http.container;

import argosy.engine.container.Container;
import argosy.engine.container.Container.Health;
import argosy.engine.container.Lifecycle;
import argosy.engine.container.Lifecycle.Ended;
import argosy.http.answer.TimeText;
import argosy.http.wire.InspectContainer;
import argosy.http.wire.InspectContainer.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A container's life in Docker's words: one of its seven states, the text of ps, and State. */
final class StateView {
  private StateView() {}

  /** created, running, paused, restarting, removing, exited or dead. */
  static String state(Lifecycle life) {
    return switch (life) {
      case Lifecycle.Created() -> "created";
      case Lifecycle.Starting(var before) -> state(before);
      case Lifecycle.Running _, Lifecycle.Stopping _ -> "running";
      case Lifecycle.Paused _ -> "paused";
      case Lifecycle.Restarting _ -> "restarting";
      case Lifecycle.Removing _ -> "removing";
      case Lifecycle.Exited(var ended) -> neverRan(ended) ? "created" : "exited";
      case Lifecycle.Dead _ -> "dead";
    };
  }

  /** {@code Up 3 seconds (healthy)}, {@code Exited (0) 5 minutes ago}. */
  static String status(Container container, Instant now) {
    return status(container.state(), container.health(), now);
  }

  private static String status(Lifecycle life, @Nullable Health health, Instant now) {
    return switch (life) {
      case Lifecycle.Created() -> "Created";
      case Lifecycle.Starting(var before) -> status(before, health, now);
      case Lifecycle.Running(int _, var since) -> up(since, now) + health(health);
      case Lifecycle.Stopping(int _, var since) -> up(since, now) + health(health);
      case Lifecycle.Paused(int _, var since) -> up(since, now) + " (Paused)";
      case Lifecycle.Restarting(var ended) -> "Restarting " + ago(ended, now);
      case Lifecycle.Removing _ -> "Removal In Progress";
      case Lifecycle.Exited(var ended) -> neverRan(ended) ? "Created" : "Exited " + ago(ended, now);
      case Lifecycle.Dead _ -> "Dead";
    };
  }

  private static boolean neverRan(Ended ended) {
    return ended.started().equals(Instant.EPOCH);
  }

  private static String up(Instant since, Instant now) {
    return "Up " + HumanDuration.of(Duration.between(since, now));
  }

  private static String ago(Ended ended, Instant now) {
    return "(%d) %s ago"
        .formatted(ended.code(), HumanDuration.of(Duration.between(ended.finished(), now)));
  }

  private static String health(@Nullable Health health) {
    return health == null
        ? ""
        : health.status().equals("starting") ? " (health: starting)" : " (" + health.status() + ")";
  }

  /** {@code State} of an inspect. */
  static State inspect(Container container) {
    return inspect(container.state(), container.health());
  }

  private static State inspect(Lifecycle life, @Nullable Health health) {
    return switch (life) {
      case Lifecycle.Created() -> resting(life, Ended.NEVER_RAN, health);
      case Lifecycle.Starting(var before) -> inspect(before, health);
      case Lifecycle.Running(int pid, var since) -> living(life, pid, since, health);
      case Lifecycle.Paused(int pid, var since) -> living(life, pid, since, health);
      case Lifecycle.Stopping(int pid, var since) -> living(life, pid, since, health);
      case Lifecycle.Exited(var ended) -> resting(life, ended, health);
      case Lifecycle.Restarting(var ended) -> resting(life, ended, health);
      case Lifecycle.Removing(var ended) -> resting(life, ended, health);
      case Lifecycle.Dead(var ended) -> resting(life, ended, health);
    };
  }

  private static State living(Lifecycle life, int pid, Instant since, @Nullable Health health) {
    boolean paused = life instanceof Lifecycle.Paused;
    return new State(
        state(life),
        true,
        paused,
        false,
        false,
        false,
        pid,
        0,
        "",
        TimeText.nanos(since),
        TimeText.NEVER,
        health(health, true));
  }

  private static State resting(Lifecycle life, Ended ended, @Nullable Health health) {
    boolean restarting = life instanceof Lifecycle.Restarting;
    return new State(
        state(life),
        restarting,
        false,
        restarting,
        ended.oomKilled(),
        life instanceof Lifecycle.Dead,
        0,
        ended.code(),
        ended.error(),
        TimeText.nanos(ended.started()),
        neverRan(ended) ? TimeText.NEVER : TimeText.nanos(ended.finished()),
        health(health, false));
  }

  private static InspectContainer.@Nullable Health health(
      @Nullable Health health, boolean running) {
    if (health == null) {
      return null;
    }
    var log =
        health.log().stream()
            .map(probe ->
                new InspectContainer.Probe(
                    TimeText.nanos(probe.start()),
                    TimeText.nanos(probe.end()),
                    probe.exitCode(),
                    probe.output()))
            .toList();
    String status = running ? health.status() : "unhealthy";
    return new InspectContainer.Health(status, health.failingStreak(), log);
  }
}
