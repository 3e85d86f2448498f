package argosy.cluster.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An answer on its way, cut into parts.
 *
 * @param ok whether the bytes are the answer or a failure
 * @param next the first part that was not sent yet
 */
record Parts(boolean ok, byte[] bytes, int next) {
  /** Bytes in a part: with its envelope well below the 256 KiB of a frame. */
  static final int SIZE = 128 * 1024;

  /** Parts that may be under way before the caller asks for more. */
  static final int WINDOW = 8;

  int count() {
    return Math.max(1, Math.ceilDiv(bytes.length, SIZE));
  }

  boolean done() {
    return next >= count();
  }

  List<Piece> window() {
    return IntStream.range(next, Math.min(next + WINDOW, count())).mapToObj(this::piece).toList();
  }

  Parts afterWindow() {
    return new Parts(ok, bytes, next + WINDOW);
  }

  private Piece piece(int index) {
    int from = index * SIZE;
    return new Piece(index, Arrays.copyOfRange(bytes, from, Math.min(from + SIZE, bytes.length)));
  }

  /** One of the parts. */
  record Piece(int index, byte[] bytes) {
    Caller.Part to(long call, Parts parts) {
      return new Caller.Part(call, index, parts.count(), parts.ok(), bytes);
    }
  }
}
