package argosy.http.transport;

import argosy.engine.linux.Hangups;
import java.nio.channels.SocketChannel;

/**
 * Tells when a client has closed its socket. Reading does not: it ends as well when the client only
 * ended its half, and goes on to listen.
 */
public final class FarEnds implements AutoCloseable {
  private final Hangups hangups = new Hangups();

  /**
   * Watches an open channel; nothing is ever told where the JDK hides the descriptor.
   *
   * @param gone called at most once, on the waiting thread; must not block
   * @return to be run when the channel is closed
   */
  Runnable watch(SocketChannel channel, Runnable gone) {
    var descriptor = Descriptor.of(channel);
    if (descriptor.isEmpty()) {
      return () -> {};
    }
    return hangups.watch(descriptor.getAsInt(), gone)::released;
  }

  @Override
  public void close() {
    hangups.close();
  }
}
