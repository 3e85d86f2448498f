package argosy.engine.container.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the monitor's time stamps, {@code 2026-11-21T17:49:01.000000001+01:00}. Lines of the same
 * second differ in the fraction alone, so the rest is understood once. For one thread.
 */
final class StoredStamps {
  private static final int SECOND = 19;
  private static final int FRACTION = 9;
  private static final int ZONE = SECOND + 1 + FRACTION;

  private byte[] known = new byte[0];
  private long epochSecond;

  /** Null when it is none. */
  @Nullable Instant read(byte[] bytes, int from, int to) {
    if (isKnown(bytes, from, to)) {
      int nanos = fraction(bytes, from + SECOND + 1);
      return nanos < 0 ? null : Instant.ofEpochSecond(epochSecond, nanos);
    }
    try {
      var text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (to - from > ZONE) {
        known = Arrays.copyOfRange(bytes, from, to);
        epochSecond = time.getEpochSecond();
      }
      return time;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private boolean isKnown(byte[] bytes, int from, int to) {
    return to - from == known.length
        && bytes[from + SECOND] == '.'
        && Arrays.equals(bytes, from, from + SECOND, known, 0, SECOND)
        && Arrays.equals(bytes, from + ZONE, to, known, ZONE, known.length);
  }

  /** -1 when there is something else than digits. */
  private static int fraction(byte[] bytes, int from) {
    int nanos = 0;
    for (int i = from; i < from + FRACTION; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      nanos = nanos * 10 + digit;
    }
    return nanos;
  }
}
