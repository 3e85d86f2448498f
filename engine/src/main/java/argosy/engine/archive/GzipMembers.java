package argosy.engine.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Gzip by the JDK: all members as one stream, and nothing but zeros behind the last one. For one
 * thread.
 */
final class GzipMembers extends InputStream {
  private static final int MAGIC = 0x1f;

  private final BufferedInputStream in;
  private InputStream member;

  GzipMembers(BufferedInputStream in) throws IOException {
    this.in = in;
    this.member = open();
  }

  /** It stops right behind its member. */
  private InputStream open() throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(false)
        .get();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = member.read(bytes, offset, length);
    while (read < 0 && another()) {
      member = open();
      read = member.read(bytes, offset, length);
    }
    return read;
  }

  private boolean another() throws IOException {
    for (; ; ) {
      in.mark(1);
      int first = in.read();
      if (first == MAGIC) {
        in.reset();
        return true;
      }
      if (first < 0) {
        return false;
      }
      if (first != 0) {
        throw new IOException("there is something else behind the gzip");
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
