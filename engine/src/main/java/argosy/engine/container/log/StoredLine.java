package argosy.engine.container.log;

import argosy.engine.container.ContainerStreams.Channel;
import java.time.Instant;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One line of the monitor's log (Kubernetes' CRI format): {@code TIME stdout P text}. {@code P} is
 * a part of a line that goes on, {@code F} ends it; only then the text has its newline.
 */
record StoredLine(Channel channel, Instant time, boolean part, ByteString text) {
  private static final byte[] STDOUT = {'s', 't', 'd', 'o', 'u', 't'};
  private static final byte[] STDERR = {'s', 't', 'd', 'e', 'r', 'r'};

  /**
   * Reads the line whose newline stands at {@code newline}; null when it is not in that format: a
   * torn write after a crash.
   */
  static @Nullable StoredLine parse(StoredStamps stamps, byte[] bytes, int from, int newline) {
    int space = indexOf(bytes, from, newline);
    int second = space < 0 ? -1 : indexOf(bytes, space + 1, newline);
    if (second < 0 || second + 1 >= newline) {
      return null;
    }
    byte tag = bytes[second + 1];
    Channel channel = channel(bytes, space + 1, second);
    Instant time = channel == null ? null : stamps.read(bytes, from, space);
    if (channel == null || time == null || tag != 'P' && tag != 'F') {
      return null;
    }
    boolean part = tag == 'P';
    int text = Math.min(second + 3, newline);
    int length = newline - text + (part ? 0 : 1);
    return new StoredLine(channel, time, part, ByteString.fromArray(bytes, text, length));
  }

  /** The same without an end. */
  StoredLine asPart() {
    return part ? this : new StoredLine(channel, time, true, text.dropRight(1));
  }

  private static int indexOf(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == ' ') {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Channel channel(byte[] bytes, int from, int to) {
    if (Arrays.equals(bytes, from, to, STDOUT, 0, STDOUT.length)) {
      return Channel.STDOUT;
    }
    return Arrays.equals(bytes, from, to, STDERR, 0, STDERR.length) ? Channel.STDERR : null;
  }
}
