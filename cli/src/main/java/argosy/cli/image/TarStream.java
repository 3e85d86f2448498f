package argosy.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes a tar (POSIX.1-2001, pax): what does not fit into a header goes before it. Everything is
 * root's, as in the contexts that docker's command line sends.
 */
final class TarStream {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final long LARGEST = 077777777777L;

  private final OutputStream out;
  private final byte[] buffer = new byte[64 * 1024];

  TarStream(OutputStream out) {
    this.out = out;
  }

  /** Of a directory the name ends with a slash. */
  void directory(String name, int mode, Instant modified) throws IOException {
    header(name, '5', mode, modified, 0, "");
  }

  void link(String name, String target, Instant modified) throws IOException {
    header(name, '2', 0777, modified, 0, target);
  }

  /** {@code size} bytes of content follow; less is a failure, more is left. */
  void file(String name, int mode, Instant modified, long size, InputStream content)
      throws IOException {
    header(name, '0', mode, modified, size, "");
    long left = size;
    while (left > 0) {
      int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException(name + " became shorter while it was sent");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    pad(size);
  }

  void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private void header(String name, char type, int mode, Instant modified, long size, String target)
      throws IOException {
    var more = new StringBuilder();
    if (!fits(name)) {
      more.append(record("path", name));
    }
    if (!fits(target)) {
      more.append(record("linkpath", target));
    }
    if (size > LARGEST) {
      more.append(record("size", Long.toString(size)));
    }
    if (!more.isEmpty()) {
      byte[] records = more.toString().getBytes(StandardCharsets.UTF_8);
      out.write(block("pax", 'x', 0644, modified, records.length, ""));
      out.write(records);
      pad(records.length);
    }
    out.write(block(name, type, mode, modified, Math.min(size, LARGEST), target));
  }

  private static boolean fits(String text) {
    return text.length() <= NAME && StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }

  /** {@code LENGTH KEY=VALUE\n}, where the length counts itself. */
  private static String record(String key, String value) {
    int bare = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
    int length = bare + Integer.toString(bare).length();
    length = bare + Integer.toString(length).length();
    return length + " " + key + "=" + value + "\n";
  }

  private static byte[] block(
      String name, char type, int mode, Instant modified, long size, String target) {
    byte[] block = new byte[BLOCK];
    text(block, 0, NAME, name);
    octal(block, 100, 8, mode);
    octal(block, 108, 8, 0);
    octal(block, 116, 8, 0);
    octal(block, 124, 12, size);
    octal(block, 136, 12, Math.clamp(modified.getEpochSecond(), 0, LARGEST));
    block[156] = (byte) type;
    text(block, 157, NAME, target);
    text(block, 257, 8, "ustar\00000");
    text(block, 148, 8, "        ");
    int sum = 0;
    for (byte one : block) {
      sum += one & 0xff;
    }
    octal(block, 148, 7, sum);
    return block;
  }

  private static void text(byte[] block, int at, int length, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
  }

  private static void octal(byte[] block, int at, int length, long number) {
    String digits = Long.toOctalString(number);
    text(block, at, length, "0".repeat(length - 1 - digits.length()) + digits + "\0");
  }

  private void pad(long size) throws IOException {
    int rest = (int) (size % BLOCK);
    if (rest > 0) {
      out.write(new byte[BLOCK - rest]);
    }
  }
}
