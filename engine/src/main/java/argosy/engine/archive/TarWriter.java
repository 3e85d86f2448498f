package argosy.engine.archive;

import static argosy.engine.archive.TarHeader.BLOCK;

import argosy.engine.archive.TarEntry.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes a tar of files as they stand on a disk (POSIX ustar, with PAX records for what does not
 * fit there). commons-compress would write names and extended attributes as text, which breaks
 * {@code security.capability} and names that are no UTF-8. {@link #finish} ends the archive.
 */
public final class TarWriter {
  private static final byte[] NONE = {};
  private static final int BUFFER = 128 * 1024;
  private static final int NAME = 100;
  private static final long LARGEST_SIZE = 077777777777L;
  private static final int LARGEST_ID = 07777777;
  private static final int PERMISSIONS = 07777;
  private static final char EXTENDED = 'x';

  /** What an extended header says of itself. */
  private static final TarEntry RECORDS =
      new TarEntry(Kind.FILE, "PaxHeaders", "", 0, 0644, 0, 0, Instant.EPOCH, 0, 0, Map.of(), null);

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];

  /** {@code out}: closed by whoever opened it. */
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes an entry's header; as many bytes of {@link #content} as its size must follow. */
  public void header(TarEntry entry) throws IOException {
    header(entry, Octets.bytes(entry.name()), entry.size(), new ByteArrayOutputStream());
  }

  private void header(TarEntry entry, byte[] name, long size, ByteArrayOutputStream records)
      throws IOException {
    byte[] link = Octets.bytes(entry.link());
    records(records, entry, name, size, link);
    if (records.size() > 0) {
      out.write(block(RECORDS, Octets.bytes(RECORDS.name()), EXTENDED, records.size(), NONE));
      records.writeTo(out);
      pad(records.size());
    }
    out.write(block(entry, name, type(entry.kind()), size, link));
  }

  /**
   * Writes a file with holes: only its data, after a list of where it goes (GNU tar's sparse format
   * 1.0 in PAX records, which GNU tar, bsdtar and commons-compress read).
   *
   * @param in the whole file
   */
  public void sparse(TarEntry entry, SparseMap holes, FileChannel in) throws IOException {
    var data = holes.pieces();
    var map = new StringBuilder().append(data.size()).append('\n');
    data.forEach(
        piece -> map.append(piece.offset()).append('\n').append(piece.length()).append('\n'));
    byte[] list = ascii(map.toString());
    list = Arrays.copyOf(list, (list.length + BLOCK - 1) / BLOCK * BLOCK);
    long size = list.length + holes.stored();
    var records = new ByteArrayOutputStream();
    record(records, "GNU.sparse.major", ascii("1"));
    record(records, "GNU.sparse.minor", ascii("0"));
    record(records, "GNU.sparse.name", Octets.bytes(entry.name()));
    record(records, "GNU.sparse.realsize", ascii(Long.toString(holes.size())));
    header(entry, ascii("GNUSparseFile.0/file"), size, records);
    out.write(list);
    for (var piece : data) {
      content(Channels.newInputStream(in.position(piece.offset())), piece.length(), false);
    }
    pad(size);
  }

  /** Writes a file's content: as much as its header says, whatever became of the file since. */
  public void content(InputStream in, long size) throws IOException {
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
  public void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private void pad(long size) throws IOException {
    int over = (int) (size % BLOCK);
    if (over > 0) {
      out.write(new byte[BLOCK - over]);
    }
  }

  private static void records(
      ByteArrayOutputStream records, TarEntry entry, byte[] name, long size, byte[] link) {
    if (!fits(name)) {
      record(records, "path", name);
    }
    if (!fits(link)) {
      record(records, "linkpath", link);
    }
    number(records, "size", size, LARGEST_SIZE);
    number(records, "uid", Integer.toUnsignedLong(entry.uid()), LARGEST_ID);
    number(records, "gid", Integer.toUnsignedLong(entry.gid()), LARGEST_ID);
    long modified = entry.modified().getEpochSecond();
    if (modified < 0 || modified > LARGEST_SIZE) {
      record(records, "mtime", ascii(Long.toString(modified)));
    }
    entry.attributes().forEach((key, value) -> record(records, "SCHILY.xattr." + key, value));
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

  private static byte[] block(TarEntry entry, byte[] name, char type, long size, byte[] link) {
    byte[] block = new byte[BLOCK];
    text(block, 0, NAME, name);
    octal(block, 100, 8, entry.mode() & PERMISSIONS);
    octal(block, 108, 8, fitting(Integer.toUnsignedLong(entry.uid()), LARGEST_ID));
    octal(block, 116, 8, fitting(Integer.toUnsignedLong(entry.gid()), LARGEST_ID));
    octal(block, 124, 12, fitting(size, LARGEST_SIZE));
    octal(block, 136, 12, fitting(entry.modified().getEpochSecond(), LARGEST_SIZE));
    block[156] = (byte) type;
    text(block, 157, NAME, link);
    text(block, 257, 8, ascii("ustar\00000"));
    boolean device = entry.is(Kind.CHARACTER_DEVICE) || entry.is(Kind.BLOCK_DEVICE);
    octal(block, 329, 8, device ? fitting(entry.major(), LARGEST_ID) : 0);
    octal(block, 337, 8, device ? fitting(entry.minor(), LARGEST_ID) : 0);
    checksum(block);
    return block;
  }

  private static char type(Kind kind) {
    return switch (kind) {
      case FILE -> '0';
      case HARD_LINK -> '1';
      case SYMBOLIC_LINK -> '2';
      case CHARACTER_DEVICE -> '3';
      case BLOCK_DEVICE -> '4';
      case DIRECTORY -> '5';
      case PIPE -> '6';
    };
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
