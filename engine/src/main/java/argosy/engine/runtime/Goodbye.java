package argosy.engine.runtime;

import argosy.engine.linux.Poller;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Waits for a process that is about to end, and makes it end when it does not. */
final class Goodbye {
  private final Poller poller;
  private final int fd;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private Poller.@Nullable Registration registration;
  private Poller.@Nullable Timer late;

  private Goodbye(Poller poller, int fd) {
    this.poller = poller;
    this.fd = fd;
  }

  /** Takes the pidfd over; {@code hurry} is called after {@code patience} if it still lives. */
  static void await(Poller poller, int fd, Duration patience, Runnable hurry) {
    var goodbye = new Goodbye(poller, fd);
    poller.execute(() -> goodbye.begin(patience, hurry));
    Waiting.on(goodbye.gone);
  }

  private void begin(Duration patience, Runnable hurry) {
    registration = poller.register(fd, Poller.IN, _ -> end());
    late = poller.schedule(patience, hurry);
  }

  private void end() {
    if (registration != null) {
      registration.close();
    }
    if (late != null) {
      late.cancel();
    }
    gone.complete(null);
  }
}
