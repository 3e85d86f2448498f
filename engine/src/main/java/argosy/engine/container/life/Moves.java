package argosy.engine.container.life;

import argosy.engine.container.Lifecycle;
import argosy.engine.container.Lifecycle.Ended;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * The transition table of {@link Lifecycle}. An illegal move here is a bug of the caller, who asks
 * {@link Move} first, and throws IllegalStateException naming both ends.
 */
public final class Moves {
  private Moves() {}

  /** A launch begins. */
  public static Lifecycle start(Lifecycle state) {
    return switch (state) {
      case Lifecycle.Created _, Lifecycle.Exited _, Lifecycle.Restarting _ ->
          new Lifecycle.Starting(state);
      case Lifecycle.Starting _,
          Lifecycle.Running _,
          Lifecycle.Paused _,
          Lifecycle.Stopping _,
          Lifecycle.Removing _,
          Lifecycle.Dead _ ->
          throw illegal(state, "start");
    };
  }

  /** The process runs its command. */
  public static Lifecycle up(Lifecycle state, int pid, Instant now) {
    return switch (state) {
      case Lifecycle.Starting _ -> new Lifecycle.Running(pid, now);
      case Lifecycle.Created _,
          Lifecycle.Running _,
          Lifecycle.Paused _,
          Lifecycle.Stopping _,
          Lifecycle.Exited _,
          Lifecycle.Restarting _,
          Lifecycle.Removing _,
          Lifecycle.Dead _ ->
          throw illegal(state, "up");
    };
  }

  /** The process ended, or could not be started. */
  public static Lifecycle exit(Lifecycle state, Ended ended) {
    return switch (state) {
      case Lifecycle.Created _,
          Lifecycle.Starting _,
          Lifecycle.Running _,
          Lifecycle.Paused _,
          Lifecycle.Stopping _ ->
          new Lifecycle.Exited(ended);
      case Lifecycle.Exited _, Lifecycle.Restarting _, Lifecycle.Removing _, Lifecycle.Dead _ ->
          throw illegal(state, "exit");
    };
  }

  /** Somebody wants it stopped; one that waits for its next try rests at once. */
  public static Lifecycle stop(Lifecycle state) {
    return switch (state) {
      case Lifecycle.Running(var pid, var since) -> new Lifecycle.Stopping(pid, since);
      case Lifecycle.Paused(var pid, var since) -> new Lifecycle.Stopping(pid, since);
      case Lifecycle.Restarting(var ended) -> new Lifecycle.Exited(byUser(ended));
      case Lifecycle.Created _,
          Lifecycle.Starting _,
          Lifecycle.Stopping _,
          Lifecycle.Exited _,
          Lifecycle.Removing _,
          Lifecycle.Dead _ ->
          throw illegal(state, "stop");
    };
  }

  public static Lifecycle pause(Lifecycle state) {
    if (state instanceof Lifecycle.Running(var pid, var since)) {
      return new Lifecycle.Paused(pid, since);
    }
    throw illegal(state, "pause");
  }

  public static Lifecycle unpause(Lifecycle state) {
    if (state instanceof Lifecycle.Paused(var pid, var since)) {
      return new Lifecycle.Running(pid, since);
    }
    throw illegal(state, "unpause");
  }

  /** It will be tried again. */
  public static Lifecycle retry(Lifecycle state) {
    if (state instanceof Lifecycle.Exited(var ended)) {
      return new Lifecycle.Restarting(ended);
    }
    throw illegal(state, "retry");
  }

  public static Lifecycle remove(Lifecycle state) {
    return switch (state) {
      case Lifecycle.Created _ -> new Lifecycle.Removing(Ended.NEVER_RAN);
      case Lifecycle.Exited(var ended) -> new Lifecycle.Removing(ended);
      case Lifecycle.Restarting(var ended) -> new Lifecycle.Removing(ended);
      case Lifecycle.Dead(var ended) -> new Lifecycle.Removing(ended);
      case Lifecycle.Starting _,
          Lifecycle.Running _,
          Lifecycle.Paused _,
          Lifecycle.Stopping _,
          Lifecycle.Removing _ ->
          throw illegal(state, "remove");
    };
  }

  /** How its last run ended; {@link Ended#NEVER_RAN} when there is none to tell of. */
  public static Ended lastRun(Lifecycle state) {
    return switch (state) {
      case Lifecycle.Exited(var ended) -> ended;
      case Lifecycle.Restarting(var ended) -> ended;
      case Lifecycle.Removing(var ended) -> ended;
      case Lifecycle.Dead(var ended) -> ended;
      case Lifecycle.Starting(var before) -> lastRun(before);
      case Lifecycle.Created _, Lifecycle.Running _, Lifecycle.Paused _, Lifecycle.Stopping _ ->
          Ended.NEVER_RAN;
    };
  }

  /** The pid of its first process, on the host; empty when it has none. */
  public static OptionalInt pid(Lifecycle state) {
    return switch (state) {
      case Lifecycle.Running(var pid, var _) -> OptionalInt.of(pid);
      case Lifecycle.Paused(var pid, var _) -> OptionalInt.of(pid);
      case Lifecycle.Stopping(var pid, var _) -> OptionalInt.of(pid);
      case Lifecycle.Created _,
          Lifecycle.Starting _,
          Lifecycle.Exited _,
          Lifecycle.Restarting _,
          Lifecycle.Removing _,
          Lifecycle.Dead _ ->
          OptionalInt.empty();
    };
  }

  /** When its present run began; EPOCH when it does not run. */
  public static Instant since(Lifecycle state) {
    return switch (state) {
      case Lifecycle.Running(var _, var since) -> since;
      case Lifecycle.Paused(var _, var since) -> since;
      case Lifecycle.Stopping(var _, var since) -> since;
      case Lifecycle.Created _,
          Lifecycle.Starting _,
          Lifecycle.Exited _,
          Lifecycle.Restarting _,
          Lifecycle.Removing _,
          Lifecycle.Dead _ ->
          Instant.EPOCH;
    };
  }

  /** Docker's word for it (API: State.Status). */
  public static String status(Lifecycle state) {
    return switch (state) {
      case Lifecycle.Created _ -> "created";
      case Lifecycle.Starting(var before) -> status(before);
      case Lifecycle.Running _, Lifecycle.Stopping _ -> "running";
      case Lifecycle.Paused _ -> "paused";
      case Lifecycle.Exited(var ended) ->
          ended.started().equals(Instant.EPOCH) ? "created" : "exited";
      case Lifecycle.Restarting _ -> "restarting";
      case Lifecycle.Removing _ -> "removing";
      case Lifecycle.Dead _ -> "dead";
    };
  }

  private static Ended byUser(Ended ended) {
    return new Ended(
        ended.started(), ended.finished(), ended.code(), ended.oomKilled(), ended.error(), true);
  }

  private static IllegalStateException illegal(Lifecycle state, String move) {
    return new IllegalStateException("no move '" + move + "' from " + state);
  }
}
