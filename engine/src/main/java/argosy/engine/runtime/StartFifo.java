package argosy.engine.runtime;

import argosy.engine.linux.Libc;
import argosy.engine.linux.Poller;
import argosy.engine.linux.SystemCallFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets a created container run its command. The container's init waits at a FIFO in the runtime's
 * state directory; {@code runc start} and {@code crun start} do nothing else than the few calls
 * made here, but cost a process each (5 ms). A container without hooks, and ours have none, is
 * started in 0.2 ms this way. Whatever is not as expected is left to the runtime's own start.
 */
final class StartFifo {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Poller poller;

  StartFifo(Poller poller) {
    this.poller = poller;
  }

  /** False when the runtime must do it. */
  boolean open(OciRuntime runtime, Path state) {
    Path fifo = state.resolve("exec.fifo");
    return runtime.isCrun() ? write(fifo) : read(fifo);
  }

  /** crun's init reads one byte. */
  private static boolean write(Path fifo) {
    int fd = Libc.open(fifo.toString(), Libc.O_WRONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
    if (fd == -1) {
      return false;
    }
    boolean removed = Libc.unlinkat(Libc.AT_FDCWD, fifo.toString(), 0) == 0;
    boolean written = Libc.write(fd, new byte[1], 1) == 1;
    Libc.close(fd);
    return removed && written;
  }

  /**
   * runc's init writes one byte when somebody reads, and its FIFO's absence means "running". Its
   * end is closed by the exec itself, so we wait for that: a signal sent in between would meet the
   * init, which ends with code 2.
   */
  private boolean read(Path fifo) {
    int fd = Libc.open(fifo.toString(), Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
    if (fd == -1) {
      return false;
    }
    var reader = new Reader(fd);
    poller.execute(reader::begin);
    return Waiting.on(reader.done, PATIENCE, "the container's init does not answer")
        && Libc.unlinkat(Libc.AT_FDCWD, fifo.toString(), 0) == 0;
  }

  private final class Reader {
    private final int fd;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private Poller.@Nullable Registration registration;
    private Poller.@Nullable Timer late;
    private boolean begun;

    Reader(int fd) {
      this.fd = fd;
    }

    void begin() {
      registration = poller.register(fd, Poller.IN, _ -> ready());
      late = poller.schedule(PATIENCE, () -> finish(false));
    }

    private void ready() {
      long count = Libc.read(fd, new byte[1], 1);
      if (count == 1) {
        begun = true;
      } else if (count == 0 || Libc.errno() != SystemCallFailed.EAGAIN) {
        finish(begun);
      }
    }

    private void finish(boolean read) {
      if (registration != null) {
        registration.close();
      }
      if (late != null) {
        late.cancel();
      }
      done.complete(read);
    }
  }
}
