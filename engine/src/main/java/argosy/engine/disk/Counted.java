package argosy.engine.disk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stream that tells somebody how many bytes it has given. */
public final class Counted extends FilterInputStream {
  private final LongConsumer progress;
  private long count;

  /** {@code progress}: hears the sum so far after each read. */
  public Counted(InputStream in, LongConsumer progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      progress.accept(++count);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      count += read;
      progress.accept(count);
    }
    return read;
  }
}
