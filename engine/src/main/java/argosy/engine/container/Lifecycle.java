package argosy.engine.container;

import argosy.engine.runtime.ContainerRuntime.Exit;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Objects;

/**
 * A container's life. What {@code inspect} and {@code ps} show is derived from it.
 *
 * <pre>
 *              start     up       exit      stop      pause/unpause  remove    retry
 * Created      Starting  –        Exited    –         –              Removing  –
 * Starting     –         Running  Exited    Stopping  –              –         –
 * Running      –         –        Exited    Stopping  Paused         –         –
 * Paused       –         –        Exited    Stopping  Running        –         –
 * Stopping     –         –        Exited    –         –              –         –
 * Exited       Starting  –        –         –         –              Removing  Restarting
 * Restarting   Starting  –        –         Exited    –              Removing  –
 * Removing     –         –        –         –         –              –         –
 * Dead         –         –        –         –         –              Removing  –
 * </pre>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Lifecycle.Created.class, name = "created"),
  @JsonSubTypes.Type(value = Lifecycle.Starting.class, name = "starting"),
  @JsonSubTypes.Type(value = Lifecycle.Running.class, name = "running"),
  @JsonSubTypes.Type(value = Lifecycle.Paused.class, name = "paused"),
  @JsonSubTypes.Type(value = Lifecycle.Stopping.class, name = "stopping"),
  @JsonSubTypes.Type(value = Lifecycle.Exited.class, name = "exited"),
  @JsonSubTypes.Type(value = Lifecycle.Restarting.class, name = "restarting"),
  @JsonSubTypes.Type(value = Lifecycle.Removing.class, name = "removing"),
  @JsonSubTypes.Type(value = Lifecycle.Dead.class, name = "dead")
})
public sealed interface Lifecycle {
  record Created() implements Lifecycle {}

  /** {@code before}: what it was and is to others until it runs. */
  record Starting(Lifecycle before) implements Lifecycle {
    public Starting {
      // a record that an earlier version wrote does not say
      before = Objects.requireNonNullElseGet(before, Created::new);
    }
  }

  record Running(int pid, Instant since) implements Lifecycle {}

  record Paused(int pid, Instant since) implements Lifecycle {}

  record Stopping(int pid, Instant since) implements Lifecycle {}

  record Exited(Ended ended) implements Lifecycle {}

  /** Waiting for its next try, after {@code ended}. */
  record Restarting(Ended ended) implements Lifecycle {}

  record Removing(Ended ended) implements Lifecycle {}

  /** A removal that did not succeed; the reason is in {@code ended.error}. */
  record Dead(Ended ended) implements Lifecycle {}

  /**
   * How a run ended.
   *
   * @param started EPOCH if it never ran
   * @param code the exit code; 128 + signal; {@link #UNKNOWN_CODE} if nobody knows
   * @param error why it could not start or why nobody knows its code, or ""
   * @param byUser stopped or killed on request: {@code unless-stopped} then rests
   */
  record Ended(
      Instant started,
      Instant finished,
      int code,
      boolean oomKilled,
      String error,
      boolean byUser) {
    /** What Docker shows when nobody saw a container end. */
    public static final int UNKNOWN_CODE = 255;

    public static final Ended NEVER_RAN =
        new Ended(Instant.EPOCH, Instant.EPOCH, 0, false, "", false);

    /** As the runtime tells it. */
    static Ended of(Instant started, Instant finished, Exit exit, boolean byUser) {
      boolean known = !exit.equals(Exit.UNKNOWN);
      return new Ended(
          started,
          finished,
          known ? exit.code() : UNKNOWN_CODE,
          exit.oomKilled(),
          known ? "" : "nobody saw it end, so its exit code is not known",
          byUser);
    }

    /** The same end, with a reason why more went wrong. */
    Ended because(String reason) {
      return new Ended(started, finished, code, oomKilled, reason, byUser);
    }
  }
}
