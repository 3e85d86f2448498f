package argosy.engine.archive;

import java.io.IOException;

/**
 * One block of 512 bytes as a header: v7, POSIX ustar, star or GNU tar (POSIX.1-2001, pax, "ustar
 * Interchange Format"; GNU tar manual, "Basic Tar Format").
 */
final class TarHeader {
  static final int BLOCK = 512;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int LINK_AT = 157;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int SPARSE_AT = 386;
  private static final int SPARSE_LINES = 4;
  private static final int EXTENDED_LINES = 21;
  private static final int SPARSE_LINE = 24;
  private static final int NUMBER = 12;

  private final byte[] block;

  TarHeader(byte[] block) {
    this.block = block;
  }

  boolean isEmpty() {
    for (byte value : block) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** Old writers summed signed characters: either sum is right. */
  void check() throws IOException {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean inSum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
      unsigned += inSum ? ' ' : block[i] & 0xff;
      signed += inSum ? ' ' : block[i];
    }
    long said = number(CHECKSUM_AT, CHECKSUM_LENGTH);
    if (said != unsigned && said != signed) {
      throw new IOException("archive/tar: invalid tar header");
    }
  }

  char type() {
    return (char) (block[156] & 0xff);
  }

  String name() {
    String name = text(0, 100);
    String prefix = "";
    if (isPosix()) {
      prefix = text(PREFIX_AT, isStar() ? 131 : 155);
    }
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  String link() {
    return text(LINK_AT, 100);
  }

  long mode() throws IOException {
    return number(100, 8);
  }

  long uid() throws IOException {
    return number(108, 8);
  }

  long gid() throws IOException {
    return number(116, 8);
  }

  long size() throws IOException {
    return number(124, NUMBER);
  }

  long seconds() throws IOException {
    return number(136, NUMBER);
  }

  long major() throws IOException {
    return number(329, 8);
  }

  long minor() throws IOException {
    return number(337, 8);
  }

  private boolean isPosix() {
    return text(MAGIC_AT, 6).equals("ustar") && block[MAGIC_AT + 5] == 0;
  }

  private boolean isStar() {
    return block[508] == 't' && block[509] == 'a' && block[510] == 'r' && block[511] == 0;
  }

  /** GNU's old sparse format: the file's full size. */
  long sparseSize() throws IOException {
    return number(483, NUMBER);
  }

  /** Adds what this header says of where data lies; true when another block goes on with it. */
  boolean sparse(SparseMap.Builder map) throws IOException {
    lines(SPARSE_AT, SPARSE_LINES, map);
    return block[482] != 0;
  }

  /** As {@link #sparse}, of a block that is nothing else. */
  boolean extendedSparse(SparseMap.Builder map) throws IOException {
    lines(0, EXTENDED_LINES, map);
    return block[504] != 0;
  }

  private void lines(int from, int count, SparseMap.Builder map) throws IOException {
    for (int i = 0; i < count; i++) {
      int at = from + i * SPARSE_LINE;
      if (block[at] == 0) {
        return;
      }
      map.add(number(at, NUMBER), number(at + NUMBER, NUMBER));
    }
  }

  private String text(int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return Octets.of(block, at, end);
  }

  /** Octal text, or base 256 with a sign where the first bit is set. */
  private long number(int at, int length) throws IOException {
    return (block[at] & 0x80) != 0 ? binary(at, length) : octal(at, length);
  }

  private long binary(int at, int length) throws IOException {
    boolean negative = (block[at] & 0x40) != 0;
    long value = negative ? -1L : 0;
    for (int i = at; i < at + length; i++) {
      int digit = i == at ? (negative ? block[i] | 0x80 : block[i] & 0x7f) & 0xff : block[i] & 0xff;
      if (value >> 55 != (negative ? -1 : 0)) {
        throw new IOException("archive/tar: invalid tar header: it has a number that is too large");
      }
      value = value << 8 | digit;
    }
    return value;
  }

  private long octal(int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end && isPadding(block[at])) {
      at++;
    }
    while (end > at && isPadding(block[end - 1])) {
      end--;
    }
    long value = 0;
    for (; at < end && block[at] != 0; at++) {
      if (block[at] < '0' || block[at] > '7') {
        throw new IOException("archive/tar: invalid tar header: it has a number that is none");
      }
      value = value << 3 | block[at] - '0';
    }
    return value;
  }

  private static boolean isPadding(byte value) {
    return value == 0 || value == ' ';
  }
}
