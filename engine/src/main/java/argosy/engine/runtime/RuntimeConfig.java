package argosy.engine.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What the runtime driver is told at start.
 *
 * @param execRoot where bundles, sockets and exit files lie; gone with a reboot
 * @param runtime the default runtime's name or path; "" chooses the fastest that works here
 * @param executor where listeners are called and short work is done; virtual threads
 * @param consolePatience how long a connection that takes no output may hold the container up, once
 *     its buffer is full, before it is closed
 */
public record RuntimeConfig(
    Path execRoot, String runtime, Executor executor, Duration consolePatience) {
  /** As above, with five minutes of patience. */
  public RuntimeConfig(Path execRoot, String runtime, Executor executor) {
    this(execRoot, runtime, executor, Duration.ofMinutes(5));
  }
}
