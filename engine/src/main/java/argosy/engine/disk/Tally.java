package argosy.engine.disk;

import argosy.engine.linux.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** A stream that counts and digests what passes, and tells somebody how far it is. */
final class Tally extends FilterInputStream {
  private final Sha256 sha256 = Sha256.start();
  private final LongConsumer progress;
  private long count;

  /** {@code progress} hears the number of bytes so far after each read. */
  Tally(InputStream in, LongConsumer progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      sha256.update(new byte[] {(byte) value}, 0, 1);
      progress.accept(++count);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      sha256.update(buffer, offset, read);
      count += read;
      progress.accept(count);
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    byte[] sink = new byte[(int) Math.min(8192, Math.max(1, wanted))];
    long skipped = 0;
    while (skipped < wanted) {
      int read = read(sink, 0, (int) Math.min(sink.length, wanted - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads to the end, so that the digest covers what a reader left unread. */
  void drain() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  long count() {
    return count;
  }

  /** The digest of everything read; call it once, at the end. */
  Digest digest() {
    return Digest.of(sha256);
  }
}
