package argosy.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A blob's bytes. When the connection breaks it asks again for the rest, a few times in a row. */
final class BlobStream extends InputStream {
  private static final int TRIES = 5;

  private final Repository repository;
  private final String digest;
  private @Nullable InputStream body;
  private long expected = -1;
  private long position;
  private int failures;

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
        int read = opened().read(buffer, offset, length);
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
      }
    }
  }

  private void again(Exception why) throws IOException {
    close();
    if (++failures >= TRIES || Thread.currentThread().isInterrupted()) {
      throw why instanceof IOException io ? io : new IOException(why.getMessage(), why);
    }
  }

  private InputStream opened() throws IOException {
    if (body == null) {
      var answer = repository.blob(digest, position);
      body = answer.body();
      long skip = answer.statusCode() == 206 ? 0 : position;
      expected = length(answer) < 0 ? -1 : position - skip + length(answer);
      body.skipNBytes(skip);
    }
    return body;
  }

  private static long length(HttpResponse<InputStream> answer) {
    return answer.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  @Override
  public void close() throws IOException {
    if (body != null) {
      var open = body;
      body = null;
      open.close();
    }
  }
}
