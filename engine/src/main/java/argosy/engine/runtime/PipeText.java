package argosy.engine.runtime;

import argosy.engine.linux.Libc;
import argosy.engine.linux.Poller;
import argosy.engine.linux.SystemCallFailed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a pipe to its end through the poller, line by line or as a whole. */
final class PipeText {
  private static final int CHUNK = 4096;
  private static final int F_SETFL = 4;

  /** Enough for any error a runtime explains; the rest is read and forgotten. */
  private static final int KEPT = 1 << 20;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final int fd;
  private final Consumer<String> onLine;
  private Poller.@Nullable Registration registration;

  private PipeText(int fd, Consumer<String> onLine) {
    this.fd = fd;
    this.onLine = onLine;
  }

  /** Takes the reading end over and closes it at its end; the future brings all of the text. */
  static CompletableFuture<String> all(Poller poller, int fd) {
    return lines(poller, fd, _ -> {});
  }

  /** As {@link #all}, and calls back on the poller's thread for each full line. */
  static CompletableFuture<String> lines(Poller poller, int fd, Consumer<String> onLine) {
    var reader = new PipeText(fd, onLine);
    Libc.check("fcntl", Libc.fcntl(fd, F_SETFL, Libc.O_NONBLOCK));
    poller.execute(() -> reader.registration = poller.register(fd, Poller.IN, _ -> reader.read()));
    return reader.end;
  }

  private void read() {
    byte[] chunk = new byte[CHUNK];
    long count = Libc.read(fd, chunk, CHUNK);
    if (count > 0) {
      take(chunk, (int) count);
    } else if ((count == 0 || Libc.errno() != SystemCallFailed.EAGAIN) && registration != null) {
      registration.close();
      end.complete(text.toString(StandardCharsets.UTF_8));
    }
  }

  private void take(byte[] chunk, int count) {
    if (text.size() < KEPT) {
      text.write(chunk, 0, count);
    }
    for (int i = 0; i < count; i++) {
      if (chunk[i] != '\n') {
        line.write(chunk[i]);
      } else {
        onLine.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      }
    }
  }
}
