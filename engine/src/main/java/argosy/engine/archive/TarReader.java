package argosy.engine.archive;

import static argosy.engine.archive.TarHeader.BLOCK;

import argosy.engine.archive.TarEntry.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar of any writer as it streams by: v7, ustar, PAX, GNU's long names and its four formats
 * of files with holes. Nothing of it is trusted: what an entry says of itself takes at most a
 * mebibyte of memory, and everything that does not fit together is an {@link IOException}. Global
 * extended headers are passed over, as in Docker. For one thread.
 */
public final class TarReader {
  /** Of an extended header, a long name or a map of holes. */
  private static final int LARGEST_SPECIAL = 1 << 20;

  private static final long LARGEST_ID = 0xffff_ffffL;
  private static final int PERMISSIONS = 07777;

  private final TarBlocks in;

  /** Where a file's content goes, in the order it is stored in. */
  public interface Sink {
    /** Takes some bytes; the array is used again. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Goes on at this offset of the file; what is passed over is a hole. */
    void seek(long offset) throws IOException;
  }

  /** {@code in}: the plain archive; closed by whoever opened it. */
  public TarReader(InputStream in) {
    this.in = new TarBlocks(in);
  }

  /** The next entry; null at the archive's end. What was not read of the one before is skipped. */
  public @Nullable TarEntry next() throws IOException {
    String name = null;
    String link = null;
    var pax = PaxRecords.NONE;
    for (var header = header(); header != null; header = header()) {
      switch (header.type()) {
        case 'x', 'X' -> pax = PaxRecords.parse(special(header));
        case 'L' -> name = longName(special(header));
        case 'K' -> link = longName(special(header));
        case 'g' -> special(header);
        default -> {
          return entry(header, pax, name, link);
        }
      }
    }
    if (name != null || link != null || pax != PaxRecords.NONE) {
      throw new EOFException("unexpected EOF");
    }
    return null;
  }

  private @Nullable TarHeader header() throws IOException {
    in.skip();
    byte[] block = in.blockOrEnd();
    if (block == null) {
      return null;
    }
    var header = new TarHeader(block);
    if (header.isEmpty()) {
      byte[] second = in.blockOrEnd();
      if (second != null && !new TarHeader(second).isEmpty()) {
        throw new IOException("archive/tar: invalid tar header: it goes on behind its end");
      }
      return null;
    }
    header.check();
    return header;
  }

  private byte[] special(TarHeader header) throws IOException {
    long size = header.size();
    if (size < 0 || size > LARGEST_SPECIAL) {
      throw new IOException(
          "archive/tar: invalid tar header: it has an extended header larger than 1 MiB");
    }
    in.begin(size);
    byte[] bytes = new byte[(int) size];
    in.readFully(bytes);
    return bytes;
  }

  private static String longName(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return Octets.of(bytes, 0, length);
  }

  private TarEntry entry(
      TarHeader header, PaxRecords pax, @Nullable String longName, @Nullable String longLink)
      throws IOException {
    String name = longName == null ? pax.name("path", header.name()) : longName;
    String link = longLink == null ? pax.name("linkpath", header.link()) : longLink;
    Kind kind = kind(header.type(), name);
    in.begin(kind == Kind.FILE ? pax.number("size", header.size()) : 0);
    var sparse = kind == Kind.FILE ? sparse(header, pax) : null;
    if (sparse != null && sparse.stored() != in.left()) {
      throw new IOException(
          "archive/tar: invalid tar header: it has a map of holes that is broken");
    }
    boolean device = kind == Kind.CHARACTER_DEVICE || kind == Kind.BLOCK_DEVICE;
    try {
      return new TarEntry(
          kind,
          sparse == null ? name : pax.name("GNU.sparse.name", name),
          link,
          sparse == null ? in.left() : sparse.size(),
          (int) header.mode() & PERMISSIONS,
          id(pax.number("uid", header.uid())),
          id(pax.number("gid", header.gid())),
          pax.modified(header.seconds()),
          device ? id(header.major()) : 0,
          device ? id(header.minor()) : 0,
          pax.attributes(),
          sparse);
    } catch (DateTimeException e) {
      throw new IOException("archive/tar: invalid tar header: it has a time that can not be", e);
    }
  }

  private static int id(long number) throws IOException {
    if (number < Integer.MIN_VALUE || number > LARGEST_ID) {
      throw new IOException(
          "archive/tar: invalid tar header: it has a number that is too large: " + number);
    }
    return (int) number;
  }

  private static Kind kind(char type, String name) throws IOException {
    return switch (type) {
      case '\0' -> name.endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
      case '0', '7', 'S' -> Kind.FILE;
      case '1' -> Kind.HARD_LINK;
      case '2' -> Kind.SYMBOLIC_LINK;
      case '3' -> Kind.CHARACTER_DEVICE;
      case '4' -> Kind.BLOCK_DEVICE;
      case '5' -> Kind.DIRECTORY;
      case '6' -> Kind.PIPE;
      default ->
          throw new IOException(
              "archive/tar: invalid tar header: it has an entry of a kind that is not known: 0x"
                  + Integer.toHexString(type));
    };
  }

  private @Nullable SparseMap sparse(TarHeader header, PaxRecords pax) throws IOException {
    if (header.type() == 'S') {
      var map = new SparseMap.Builder();
      boolean more = header.sparse(map);
      while (more) {
        more = new TarHeader(in.block()).extendedSparse(map);
      }
      return map.build(header.sparseSize());
    }
    String size = pax.get("GNU.sparse.realsize");
    long full = size == null ? pax.number("GNU.sparse.size", -1) : PaxRecords.number(size);
    if ("1".equals(pax.get("GNU.sparse.major")) && "0".equals(pax.get("GNU.sparse.minor"))) {
      return storedMap(full);
    }
    String map = pax.sparseMap();
    return map == null ? null : SparseMap.parse(map, full);
  }

  /** Format 1.0: the map stands before the data, a number a line, filled up to a whole block. */
  private SparseMap storedMap(long size) throws IOException {
    var numbers = new Numbers();
    long count = numbers.next();
    var map = new SparseMap.Builder();
    for (long i = 0; i < count; i++) {
      map.add(numbers.next(), numbers.next());
    }
    return map.build(size);
  }

  private final class Numbers {
    private byte[] block = {};
    private int next;
    private int blocks;

    long next() throws IOException {
      var digits = new StringBuilder();
      for (char c = character(); c != '\n'; c = character()) {
        digits.append(c);
        if (digits.length() > 20) {
          throw new IOException(
              "archive/tar: invalid tar header: it has a map of holes that is broken");
        }
      }
      return PaxRecords.number(digits.toString());
    }

    private char character() throws IOException {
      if (next == block.length) {
        if (in.left() < BLOCK || ++blocks > LARGEST_SPECIAL / BLOCK) {
          throw new IOException(
              "archive/tar: invalid tar header: it has a map of holes that is broken");
        }
        block = new byte[BLOCK];
        in.readFully(block);
        next = 0;
      }
      return (char) (block[next++] & 0xff);
    }
  }

  /** The present entry's content, without its holes. */
  public InputStream content() {
    return new Content();
  }

  /** The first byte of the present entry's content, which stays there; -1 where there is none. */
  public int peek() throws IOException {
    return in.peek();
  }

  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.left() == 0 ? -1 : in.read(bytes, offset, length);
    }
  }

  /** Writes the present entry's content. */
  public void content(TarEntry entry, Sink sink) throws IOException {
    if (entry.sparse() == null) {
      in.copy(in.left(), sink);
      return;
    }
    for (var piece : entry.sparse().pieces()) {
      if (piece.length() > 0) {
        sink.seek(piece.offset());
        in.copy(piece.length(), sink);
      }
    }
    sink.seek(entry.size());
  }
}
