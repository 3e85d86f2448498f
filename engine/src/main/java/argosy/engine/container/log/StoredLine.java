package argosy.engine.container.log;

import argosy.engine.container.ContainerStreams.Channel;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One line of the monitor's log (Kubernetes' CRI format): {@code TIME stdout P text}. {@code P} is
 * a part of a line that goes on, {@code F} ends it.
 */
record StoredLine(Channel channel, Instant time, boolean part, ByteString text) {

  /** Null when the line is not in that format: a torn write after a crash. */
  static @Nullable StoredLine parse(byte[] bytes, int from, int to) {
    int space = indexOf(bytes, from, to);
    int second = space < 0 ? -1 : indexOf(bytes, space + 1, to);
    if (second < 0 || second + 1 >= to) {
      return null;
    }
    byte tag = bytes[second + 1];
    int text = Math.min(second + 3, to);
    Channel channel = channel(ascii(bytes, space + 1, second));
    Instant time = time(ascii(bytes, from, space));
    if (channel == null || time == null || tag != 'P' && tag != 'F') {
      return null;
    }
    return new StoredLine(channel, time, tag == 'P', ByteString.fromArray(bytes, text, to - text));
  }

  private static int indexOf(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == ' ') {
        return i;
      }
    }
    return -1;
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }

  private static @Nullable Channel channel(String name) {
    return switch (name) {
      case "stdout" -> Channel.STDOUT;
      case "stderr" -> Channel.STDERR;
      default -> null;
    };
  }

  private static @Nullable Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
