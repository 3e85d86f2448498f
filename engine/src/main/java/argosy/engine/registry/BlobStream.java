package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A blob's bytes. When the connection breaks, or brings nothing for a while, it asks again for the
 * rest, a few times in a row.
 */
final class BlobStream extends InputStream {
  private static final int TRIES = 5;
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Repository repository;
  private final String digest;
  private volatile @Nullable InputStream body;
  private long expected = -1;
  private long position;
  private int failures;

  /** Counts reads; odd while one waits. */
  private volatile long reads;

  BlobStream(Repository repository, String digest) {
    this.repository = repository;
    this.digest = digest;
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
      } catch (IOException | Unreachable e) {
        again(e);
      } catch (Refusal e) {
        if (e.status() / 100 != 5) {
          throw e;
        }
        again(e);
      }
    }
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

  private void again(Exception why) throws IOException {
    close();
    if (++failures >= TRIES || Thread.currentThread().isInterrupted()) {
      throw why instanceof IOException io ? io : new IOException(why.getMessage(), why);
    }
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
