package argosy.engine.disk;

import argosy.engine.linux.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that counts and digests what is written. */
final class TallyOutput extends FilterOutputStream {
  private final Sha256 sha256 = Sha256.start();
  private long count;

  TallyOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    sha256.update(buffer, offset, length);
    count += length;
  }

  long count() {
    return count;
  }

  /** The digest of everything written; call it once, at the end. */
  Digest digest() {
    return Digest.of(sha256);
  }
}
