package argosy.http.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * What every TCP connection is set to, whoever opened it: small writes go at once, and a far side
 * that vanished is looked for after {@link #QUIET} seconds without a byte.
 */
final class TcpOptions {
  /** Seconds, as Go's servers have it, dockerd among them. */
  static final int QUIET = 15;

  private TcpOptions() {}

  static void set(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, QUIET);
    channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, QUIET);
  }
}
