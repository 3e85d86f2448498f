package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A blob's bytes. When the connection breaks, or brings nothing for a while, it asks again for the
 * rest, a few times in a row, and waits in between.
 */
final class BlobStream extends InputStream {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Repository repository;
  private final String digest;
  private final Consumer<Duration> listener;
  private volatile @Nullable InputStream body;
  private long expected = -1;
  private long position;
  private int failures;

  /** Counts reads; odd while one waits. */
  private volatile long reads;

  /** {@code listener}: hears how long is waited before each new attempt. */
  BlobStream(Repository repository, String digest, Consumer<Duration> listener) {
    this.repository = repository;
    this.digest = digest;
    this.listener = listener;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      try {
        int read = waitFor(opened(), buffer, offset, length);
        if (read < 0 && position < expected) {
          throw new IOException("unexpected EOF");
        }
        if (read > 0) {
          position += read;
          failures = 0;
        }
        return read;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        again(new Unreachable("GET", repository.uri(digest), e), e);
      } catch (Unreachable | Refusal e) {
        again(e, e);
      }
    }
  }

  @Override
  public int available() throws IOException {
    var open = body;
    return open == null ? 0 : open.available();
  }

  private int waitFor(InputStream in, byte[] buffer, int offset, int length) throws IOException {
    begin();
    try {
      return in.read(buffer, offset, length);
    } finally {
      end();
    }
  }

  private void begin() {
    reads = reads + 1;
  }

  private void end() {
    reads = reads + 1;
  }

  /** Waits, or gives up with what went wrong. */
  private <E extends Exception> void again(RuntimeException why, E thrown) throws IOException, E {
    close();
    var wait = repository.backoff().before(++failures, why);
    if (wait.isEmpty() || Thread.currentThread().isInterrupted()) {
      throw thrown;
    }
    listener.accept(wait.get());
    Backoff.pause(wait.get());
  }

  private InputStream opened() throws IOException {
    var open = body;
    if (open == null) {
      var answer = repository.blob(digest, position);
      open = answer.body();
      body = open;
      watch(open, reads);
      long skip = answer.statusCode() == 206 ? 0 : position;
      expected = length(answer) < 0 ? -1 : position - skip + length(answer);
      open.skipNBytes(skip);
    }
    return open;
  }

  /** A peer that vanished says nothing: a read that waits through a whole look is given up. */
  private void watch(InputStream watched, long before) {
    Executor later = CompletableFuture.delayedExecutor(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
    later.execute(() -> {
      long now = reads;
      if (watched != body) {
        return;
      }
      if (now == before && now % 2 == 1) {
        try {
          watched.close();
        } catch (IOException e) {
          return;
        }
      } else {
        watch(watched, now);
      }
    });
  }

  private static long length(HttpResponse<InputStream> answer) {
    return answer.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  @Override
  public void close() throws IOException {
    var open = body;
    if (open != null) {
      body = null;
      open.close();
    }
  }
}
