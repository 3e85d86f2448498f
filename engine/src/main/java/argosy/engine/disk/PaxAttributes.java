package argosy.engine.disk;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches a tar pass by and keeps each entry's extended attributes as they stand in its PAX header
 * ({@code SCHILY.xattr.NAME}). commons-compress reads those values as UTF-8 text, which breaks
 * binary ones such as {@code security.capability}.
 */
final class PaxAttributes extends FilterInputStream {
  private static final int BLOCK = 512;
  private static final int LARGEST = 1024 * 1024;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_AT = 156;
  private static final int EXTENDED_AT = 482;
  private static final int EXTENDED_IN_BLOCK_AT = 504;
  private static final String ATTRIBUTE = "SCHILY.xattr.";

  private final byte[] block = new byte[BLOCK];
  private int filled;
  private long body;
  private long pendingBody;
  private boolean sparse;
  private @Nullable ByteArrayOutputStream header;
  private long headerLength;
  private long nextSize = -1;
  private Map<String, byte[]> attributes = new HashMap<>();

  PaxAttributes(InputStream in) {
    super(in);
  }

  /** The attributes of the entry whose header was read last. */
  Map<String, byte[]> take() {
    var taken = attributes;
    attributes = new HashMap<>();
    return taken;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      watch(new byte[] {(byte) value}, 0, 1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    watch(buffer, offset, read);
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

  private void watch(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + Math.max(0, length);
    while (at < end) {
      int taken = body > 0 ? passBody(bytes, at, end) : fillBlock(bytes, at, end);
      at += taken;
    }
  }

  private int passBody(byte[] bytes, int at, int end) {
    int taken = (int) Math.min(body, end - at);
    if (header != null) {
      header.write(bytes, at, taken);
    }
    body -= taken;
    if (body == 0 && header != null) {
      records(Arrays.copyOf(header.toByteArray(), (int) headerLength));
      header = null;
    }
    return taken;
  }

  private int fillBlock(byte[] bytes, int at, int end) {
    int taken = Math.min(BLOCK - filled, end - at);
    System.arraycopy(bytes, at, block, filled, taken);
    filled += taken;
    if (filled == BLOCK) {
      filled = 0;
      block();
    }
    return taken;
  }

  private void block() {
    if (sparse) {
      sparse = block[EXTENDED_IN_BLOCK_AT] != 0;
      body = sparse ? 0 : pendingBody;
      return;
    }
    char type = (char) block[TYPE_AT];
    long size = octal(SIZE_AT, SIZE_LENGTH);
    if (type == 'x' && size > 0 && size <= LARGEST) {
      attributes = new HashMap<>();
      header = new ByteArrayOutputStream();
      headerLength = size;
      nextSize = -1;
    } else if (type != 'L' && type != 'K' && type != 'g') {
      size = nextSize >= 0 ? nextSize : size;
      nextSize = -1;
    }
    sparse = type == 'S' && block[EXTENDED_AT] != 0;
    pendingBody = (size + BLOCK - 1) / BLOCK * BLOCK;
    body = sparse ? 0 : pendingBody;
  }

  /** {@code LENGTH KEY=VALUE\n}, the length counting itself. */
  private void records(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int space = at;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      long length = number(bytes, at, space);
      if (length <= space - at || at + length > bytes.length) {
        return;
      }
      int end = at + (int) length - 1;
      record(bytes, space + 1, end);
      at += (int) length;
    }
  }

  private void record(byte[] bytes, int from, int end) {
    int equals = from;
    while (equals < end && bytes[equals] != '=') {
      equals++;
    }
    String key = new String(bytes, from, equals - from, StandardCharsets.UTF_8);
    if (key.startsWith(ATTRIBUTE) && equals < end) {
      attributes.put(key.substring(ATTRIBUTE.length()), Arrays.copyOfRange(bytes, equals + 1, end));
    } else if (key.equals("size")) {
      nextSize = number(bytes, equals + 1, end);
    }
  }

  private static long number(byte[] bytes, int from, int end) {
    long value = 0;
    for (int i = from; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9' || value > Long.MAX_VALUE / 100) {
        return -1;
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  /** A number field of a header: octal text, or base 256 where the first bit is set. */
  private long octal(int at, int length) {
    long value = 0;
    if ((block[at] & 0x80) != 0) {
      for (int i = at + 1; i < at + length; i++) {
        value = (value << 8) | (block[i] & 0xff);
      }
      return value;
    }
    for (int i = at; i < at + length; i++) {
      if (block[i] >= '0' && block[i] <= '7') {
        value = value * 8 + block[i] - '0';
      }
    }
    return value;
  }
}
