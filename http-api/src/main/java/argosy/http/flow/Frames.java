package argosy.http.flow;

import argosy.engine.container.ContainerStreams.Channel;
import org.apache.pekko.util.ByteString;

/**
 * Docker's multiplexed frames: a byte for the channel, three zeros, the length big-endian, the
 * bytes.
 */
public final class Frames {
  private Frames() {}

  public static ByteString frame(Channel channel, ByteString bytes) {
    return ByteString.fromArrayUnsafe(head(channel, bytes.size())).concat(bytes);
  }

  /** The eight bytes before {@code length} others. */
  static byte[] head(Channel channel, int length) {
    return new byte[] {
      (byte) number(channel),
      0,
      0,
      0,
      (byte) (length >>> 24),
      (byte) (length >>> 16),
      (byte) (length >>> 8),
      (byte) length
    };
  }

  private static int number(Channel channel) {
    return switch (channel) {
      case STDIN -> 0;
      case STDOUT -> 1;
      case STDERR -> 2;
    };
  }
}
