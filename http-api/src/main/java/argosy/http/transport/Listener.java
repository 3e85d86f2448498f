package argosy.http.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open door: every connection that comes in is handed to the guest list as it is accepted. */
public final class Listener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);
  private static final int BACKLOG = 512;

  private final ServerSocketChannel server;
  private final ListenAddress address;
  private final Readiness.Watch watch;
  private volatile Consumer<SocketChannel> accepted = _ -> {};

  private Listener(ServerSocketChannel server, ListenAddress address, Readiness readiness)
      throws IOException {
    this.server = server;
    this.address = address;
    this.watch = readiness.watch(server, _ -> accept());
  }

  /**
   * Opens a listener. Who connects waits outside until {@link #start}.
   *
   * @param group who may use a Unix socket besides root; "": argosy or docker, if there is one
   * @throws ListenFailure with a sentence for the operator
   */
  public static Listener open(ListenAddress address, String group, Readiness readiness) {
    try {
      return switch (address) {
        case ListenAddress.Unix unix ->
            new Listener(UnixSocketFile.bind(unix, group, BACKLOG), unix, readiness);
        case ListenAddress.Tcp tcp -> tcp(tcp, readiness);
      };
    } catch (IOException e) {
      throw new ListenFailure(address, ListenFailure.reason(e), e);
    }
  }

  @SuppressWarnings("AddressSelection") // a name the operator wrote is resolved once, here
  private static Listener tcp(ListenAddress.Tcp tcp, Readiness readiness) throws IOException {
    var server = ServerSocketChannel.open();
    try {
      if (tcp.socket().isUnresolved()) {
        throw new IOException("nobody knows the host " + tcp.host());
      }
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(tcp.socket(), BACKLOG);
      server.configureBlocking(false);
      int port = ((java.net.InetSocketAddress) server.getLocalAddress()).getPort();
      return new Listener(server, new ListenAddress.Tcp(tcp.host(), port), readiness);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Where it really listens: the port that the kernel chose instead of 0. */
  public ListenAddress address() {
    return address;
  }

  /**
   * Lets everybody in.
   *
   * @param guests gets each connection, non-blocking; runs on the waiting thread, must not block
   */
  public void start(Consumer<SocketChannel> guests) {
    accepted = guests;
    watch.want(SelectionKey.OP_ACCEPT);
  }

  private void accept() {
    try {
      SocketChannel channel;
      while ((channel = server.accept()) != null) {
        channel.configureBlocking(false);
        if (address instanceof ListenAddress.Tcp) {
          TcpOptions.set(channel);
        }
        accepted.accept(channel);
      }
    } catch (IOException e) {
      if (!server.isOpen()) {
        return;
      }
      log.warn("could not accept a connection on {}: {}", address, e.getMessage());
    }
    watch.want(SelectionKey.OP_ACCEPT);
  }

  /** Lets nobody in any more and takes the socket's file away; who is inside stays. */
  @Override
  public void close() {
    try {
      if (server.isOpen() && address instanceof ListenAddress.Unix(var path)) {
        Files.deleteIfExists(path);
      }
      server.close();
    } catch (IOException e) {
      log.warn("could not close {}: {}", address, e.getMessage());
    } finally {
      watch.released();
    }
  }
}
