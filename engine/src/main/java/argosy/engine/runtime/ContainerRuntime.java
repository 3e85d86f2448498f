package argosy.engine.runtime;

import argosy.engine.spec.Resources;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs containers' processes through a monitor and an OCI runtime. Every call may block and is made
 * from a virtual thread; failures come as {@link argosy.engine.failure.Refused} whose sentence is
 * the runtime's own.
 */
public interface ContainerRuntime {
  /** Names and paths of the runtimes found on this host, and which is the default. */
  Runtimes runtimes();

  record Runtimes(List<Found> found, String defaultName) {
    public record Found(String name, Path path, String version) {}
  }

  /**
   * Writes the bundle, starts the monitor and creates the container; its process exists and waits.
   * Nothing is left behind when it fails.
   *
   * @return the pid of the container's first process
   */
  int create(Bundle bundle);

  /** Lets the created process run its command. */
  void start(String id);

  /** Sends a signal to the first process, or to all of them. */
  void signal(String id, int signal, boolean all);

  void pause(String id);

  void resume(String id);

  /**
   * Changes a running container's limits: all, or none when one is refused. Devices, ulimits and
   * what else is settled when a process starts stay.
   */
  void update(String id, Resources from, Resources to);

  /** Forgets the container in the runtime and removes bundle and monitor files; idempotent. */
  void delete(String id);

  /**
   * Calls back once when the container's first process has ended, with its code from the monitor's
   * exit file, or {@link Exit#UNKNOWN} if monitor and code are gone. Comes after every byte of
   * output was handed to the log and to consoles.
   */
  void onExit(String id, int pid, Consumer<Exit> listener);

  /** Connects to the container's streams; works from create to exit. */
  Console attach(String id, Console.Listener listener);

  void resize(String id, int height, int width);

  /** The monitor starts a new log file at the same path; call it after renaming the old one. */
  void reopenLog(String id);

  /** Starts a further process; returns when it runs, or fails with the runtime's sentence. */
  ExecProcess exec(ExecPlan plan, Console.@Nullable Listener listener);

  /** Takes the noted further processes of a running container up again; once, before any exec. */
  List<Adopted> adopt(String id);

  /** What is true of a container that this daemon did not start, or started before it died. */
  Observed observe(String id);

  /** Ids of everything this runtime still has on this host under its root. */
  List<String> remains();

  /**
   * What to run.
   *
   * @param config the OCI config.json
   * @param log where the monitor writes the container's output
   * @param stdin keep stdin open
   * @param stdinOnce its first client's end is the container's EOF
   * @param runtime null: the default
   */
  record Bundle(
      String id,
      byte[] config,
      Path log,
      boolean tty,
      boolean stdin,
      boolean stdinOnce,
      @Nullable String runtime) {}

  /**
   * A further process.
   *
   * @param process an OCI process object as JSON
   * @param note handed back when a later daemon adopts the process; "": it is not worth that
   */
  record ExecPlan(
      String id,
      String exec,
      byte[] process,
      boolean tty,
      boolean stdin,
      int height,
      int width,
      String note) {}

  /** A process that outlived its daemon, or ended while there was none. */
  record Adopted(String exec, String note, ExecProcess process) {}

  /** A further process inside a container. */
  interface ExecProcess {
    int pid();

    /** Null when it was started without a listener. */
    @Nullable Console console();

    void resize(int height, int width);

    /** Calls back once, after every byte of output. */
    void onExit(Consumer<Exit> listener);
  }

  /** How a process ended; {@code at}: when, or null if that is not written down. */
  record Exit(int code, boolean oomKilled, @Nullable Instant at) {
    /** Nobody is left who knows. */
    public static final Exit UNKNOWN = new Exit(-1, false);

    public Exit(int code, boolean oomKilled) {
      this(code, oomKilled, null);
    }
  }

  /** The runtime's truth about one id. */
  sealed interface Observed {
    /** {@code monitored}: its monitor lives, so streams and exit code will come. */
    record Running(int pid, boolean paused, boolean monitored) implements Observed {}

    /** Created and never started: to be deleted. */
    record HalfMade() implements Observed {}

    record Ended(Exit exit) implements Observed {}

    record Absent() implements Observed {}
  }
}
