package argosy.engine.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Keeps what a process says. */
final class Heard implements Console.Listener {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final CompletableFuture<Void> end = new CompletableFuture<>();
  volatile boolean reading = true;

  @Override
  public synchronized boolean output(boolean stderr, byte[] bytes) {
    (stderr ? err : out).writeBytes(bytes);
    return reading;
  }

  @Override
  public void closed() {
    end.complete(null);
  }

  synchronized String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  synchronized String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  synchronized int size() {
    return out.size();
  }
}
