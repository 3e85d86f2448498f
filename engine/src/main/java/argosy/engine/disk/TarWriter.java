package argosy.engine.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes a tar of files as they stand on a disk (POSIX ustar, with PAX records for what does not
 * fit there). commons-compress would write names and extended attributes as text, which breaks
 * {@code security.capability} and names that are no UTF-8. Not closed by itself: {@link #finish}
 * ends the archive.
 */
final class TarWriter {
  private static final int BLOCK = 512;
  private static final int BUFFER = 128 * 1024;
  private static final int NAME = 100;
  private static final long LARGEST_SIZE = 077777777777L;
  private static final int LARGEST_ID = 07777777;
  private static final int PERMISSIONS = 07777;

  static final char REGULAR = '0';
  static final char HARD_LINK = '1';
  static final char SYMBOLIC_LINK = '2';
  static final char CHARACTER_DEVICE = '3';
  static final char BLOCK_DEVICE = '4';
  static final char DIRECTORY = '5';
  static final char PIPE = '6';
  private static final char EXTENDED = 'x';

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes an entry's header.
   *
   * @param size bytes of content that will follow
   * @param link the target of a link, else empty
   */
  void header(
      byte[] name,
      char type,
      FileStatus file,
      long size,
      byte[] link,
      Map<String, byte[]> attributes)
      throws IOException {
    byte[] records = records(name, file, size, link, attributes);
    if (records.length > 0) {
      out.write(
          block(
              "PaxHeaders".getBytes(StandardCharsets.US_ASCII),
              EXTENDED,
              null,
              records.length,
              link));
      out.write(records);
      pad(records.length);
    }
    out.write(block(name, type, file, size, link));
  }

  /**
   * Writes a file with holes: only its data, after a list of where it goes (GNU tar's sparse format
   * 1.0 in PAX records, which GNU tar, bsdtar and commons-compress read).
   */
  void sparse(
      byte[] name,
      FileStatus file,
      List<Holes.Data> data,
      Map<String, byte[]> attributes,
      FileChannel in)
      throws IOException {
    var map = new StringBuilder().append(data.size()).append('\n');
    data.forEach(
        piece -> map.append(piece.offset()).append('\n').append(piece.length()).append('\n'));
    byte[] list = ascii(map.toString());
    list = Arrays.copyOf(list, (list.length + BLOCK - 1) / BLOCK * BLOCK);
    long size = list.length + data.stream().mapToLong(Holes.Data::length).sum();
    var records = new ByteArrayOutputStream();
    record(records, "GNU.sparse.major", ascii("1"));
    record(records, "GNU.sparse.minor", ascii("0"));
    record(records, "GNU.sparse.name", name);
    record(records, "GNU.sparse.realsize", ascii(Long.toString(file.size())));
    byte[] within = ascii("GNUSparseFile.0/file");
    records.writeBytes(records(within, file, size, new byte[0], attributes));
    extended(records.toByteArray());
    out.write(block(within, REGULAR, file, size, new byte[0]));
    out.write(list);
    for (Holes.Data piece : data) {
      content(Channels.newInputStream(in.position(piece.offset())), piece.length(), false);
    }
    pad(size);
  }

  private void extended(byte[] records) throws IOException {
    out.write(block(ascii("PaxHeaders"), EXTENDED, null, records.length, new byte[0]));
    out.write(records);
    pad(records.length);
  }

  /** Writes a file's content: as much as its header says, whatever became of the file since. */
  void content(InputStream in, long size) throws IOException {
    content(in, size, true);
  }

  private void content(InputStream in, long size, boolean padded) throws IOException {
    long left = size;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        break;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    Arrays.fill(buffer, (byte) 0);
    while (left > 0) {
      int zeros = (int) Math.min(left, buffer.length);
      out.write(buffer, 0, zeros);
      left -= zeros;
    }
    if (padded) {
      pad(size);
    }
  }

  /** The two empty blocks that end an archive. */
  void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private void pad(long size) throws IOException {
    int over = (int) (size % BLOCK);
    if (over > 0) {
      out.write(new byte[BLOCK - over]);
    }
  }

  private static byte[] records(
      byte[] name, FileStatus file, long size, byte[] link, Map<String, byte[]> attributes) {
    var records = new ByteArrayOutputStream();
    if (!fits(name)) {
      record(records, "path", name);
    }
    if (!fits(link)) {
      record(records, "linkpath", link);
    }
    number(records, "size", size, LARGEST_SIZE);
    number(records, "uid", Integer.toUnsignedLong(file.uid()), LARGEST_ID);
    number(records, "gid", Integer.toUnsignedLong(file.gid()), LARGEST_ID);
    long modified = file.modified().getEpochSecond();
    if (modified < 0 || modified > LARGEST_SIZE) {
      record(records, "mtime", ascii(Long.toString(modified)));
    }
    attributes.forEach((key, value) -> record(records, "SCHILY.xattr." + key, value));
    return records.toByteArray();
  }

  private static boolean fits(byte[] name) {
    if (name.length > NAME) {
      return false;
    }
    for (byte letter : name) {
      if (letter < 0) {
        return false;
      }
    }
    return true;
  }

  private static void number(ByteArrayOutputStream to, String key, long value, long largest) {
    if (value > largest) {
      record(to, key, ascii(Long.toString(value)));
    }
  }

  /** {@code LENGTH KEY=VALUE\n}, the length counting itself (POSIX pax). */
  private static void record(ByteArrayOutputStream to, String key, byte[] value) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    int rest = name.length + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    to.writeBytes(ascii(length + " "));
    to.writeBytes(name);
    to.write('=');
    to.writeBytes(value);
    to.write('\n');
  }

  private static byte[] block(
      byte[] name,
      char type,
      @org.jspecify.annotations.Nullable FileStatus file,
      long size,
      byte[] link) {
    byte[] block = new byte[BLOCK];
    text(block, 0, NAME, name);
    octal(block, 100, 8, file == null ? 0644 : file.mode() & PERMISSIONS);
    octal(
        block, 108, 8, file == null ? 0 : fitting(Integer.toUnsignedLong(file.uid()), LARGEST_ID));
    octal(
        block, 116, 8, file == null ? 0 : fitting(Integer.toUnsignedLong(file.gid()), LARGEST_ID));
    octal(block, 124, 12, fitting(size, LARGEST_SIZE));
    octal(
        block, 136, 12, file == null ? 0 : fitting(file.modified().getEpochSecond(), LARGEST_SIZE));
    block[156] = (byte) type;
    if (type != EXTENDED) {
      text(block, 157, NAME, link);
    }
    text(block, 257, 8, ascii("ustar\00000"));
    boolean device = type == CHARACTER_DEVICE || type == BLOCK_DEVICE;
    octal(block, 329, 8, device && file != null ? fitting(file.major(), LARGEST_ID) : 0);
    octal(block, 337, 8, device && file != null ? fitting(file.minor(), LARGEST_ID) : 0);
    checksum(block);
    return block;
  }

  private static long fitting(long value, long largest) {
    return value < 0 || value > largest ? 0 : value;
  }

  private static void text(byte[] block, int at, int length, byte[] text) {
    System.arraycopy(text, 0, block, at, Math.min(length, text.length));
  }

  private static void octal(byte[] block, int at, int length, long value) {
    long rest = value;
    for (int i = at + length - 2; i >= at; i--) {
      block[i] = (byte) ('0' + (rest & 7));
      rest >>= 3;
    }
  }

  private static void checksum(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    octal(block, 148, 7, sum);
    block[154] = 0;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
