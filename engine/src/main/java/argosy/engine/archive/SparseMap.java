package argosy.engine.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the data of a file with holes lies, in the order it is stored in.
 *
 * @param size of the whole file
 */
public record SparseMap(List<Piece> pieces, long size) {
  /** What there may be: a map is read into memory before the file is. */
  private static final int MOST = 1 << 16;

  public SparseMap {
    pieces = List.copyOf(pieces);
  }

  /** Some data and its place, both in bytes. */
  public record Piece(long offset, long length) {}

  /** The bytes of data alone. */
  public long stored() {
    return pieces.stream().mapToLong(Piece::length).sum();
  }

  /** Offsets and lengths by turns, commas between. */
  static SparseMap parse(String map, long size) throws IOException {
    var builder = new Builder();
    String[] numbers = map.split(",", 2 * MOST + 2);
    for (int i = 0; i + 1 < numbers.length; i += 2) {
      builder.add(PaxRecords.number(numbers[i]), PaxRecords.number(numbers[i + 1]));
    }
    if (numbers.length % 2 != 0) {
      throw broken();
    }
    return builder.build(size);
  }

  private static IOException broken() {
    return new IOException("archive/tar: invalid tar header: it has a map of holes that is broken");
  }

  /** Collects pieces that come one behind the other and do not overlap. */
  static final class Builder {
    private final List<Piece> pieces = new ArrayList<>();
    private long end;

    void add(long offset, long length) throws IOException {
      if (offset < end || length < 0 || offset > Long.MAX_VALUE - length || pieces.size() >= MOST) {
        throw broken();
      }
      end = offset + length;
      pieces.add(new Piece(offset, length));
    }

    SparseMap build(long size) throws IOException {
      if (size < end) {
        throw broken();
      }
      return new SparseMap(pieces, size);
    }
  }
}
