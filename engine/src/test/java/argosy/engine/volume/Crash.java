package argosy.engine.volume;

import argosy.engine.linux.FailPoint;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon that is killed before its nth step in a directory: no thread gets past that step, or
 * past any later one, so that nothing is undone either. Until closed.
 */
public final class Crash implements FailPoint.Watch, AutoCloseable {
  private final String directory;
  private final int last;
  private final AtomicInteger steps = new AtomicInteger();
  private final CompletableFuture<String> came = new CompletableFuture<>();

  private Crash(Path directory, int last) {
    this.directory = directory.toString();
    this.last = last;
  }

  /** {@code step}: from 1; one that never comes is no crash. */
  public static Crash before(int step, Path directory) {
    var crash = new Crash(directory, step);
    FailPoint.tell(crash);
    return crash;
  }

  /** Done, with the step's words, when it has come. */
  public CompletableFuture<String> came() {
    return came;
  }

  @Override
  public void before(String step) {
    if (step.contains(directory) && steps.incrementAndGet() >= last) {
      came.complete(step);
      while (true) {
        LockSupport.park(this);
      }
    }
  }

  @Override
  public void close() {
    FailPoint.tell(null);
  }
}
