package argosy.engine.dns;

import argosy.engine.linux.NetworkNamespace;
import argosy.engine.netlink.LoopbackRedirect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Where one container's queries come in: sockets in its namespace, at ports of the kernel's choice,
 * so that port 53 stays free for a server in the container. A socket stays in the namespace it was
 * made in, whoever uses it.
 */
final class Desk implements AutoCloseable {
  /** Connections of one container that may be open at a time. */
  private static final int CONNECTIONS = 64;

  final String namespace;
  final DatagramChannel datagrams;
  final ServerSocketChannel connections;
  final Semaphore forwards;
  final Semaphore talks = new Semaphore(CONNECTIONS);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile Scope scope;

  private Desk(
      String namespace,
      DatagramChannel datagrams,
      ServerSocketChannel connections,
      Scope scope,
      int waiting) {
    this.namespace = namespace;
    this.datagrams = datagrams;
    this.connections = connections;
    this.scope = scope;
    this.forwards = new Semaphore(waiting);
  }

  /**
   * Opens the sockets and leads port 53 to them. Blocks.
   *
   * @param waiting queries that may wait for other servers at a time
   */
  static Desk open(String namespace, Scope scope, int waiting) {
    return NetworkNamespace.enter(
        Path.of(namespace),
        () -> {
          try {
            return opened(namespace, scope, waiting);
          } catch (IOException e) {
            throw new UncheckedIOException("no name service in " + namespace + ": " + e, e);
          }
        });
  }

  private static Desk opened(String namespace, Scope scope, int waiting) throws IOException {
    var any = new InetSocketAddress(InetAddress.getByName(NameService.ADDRESS), 0);
    var datagrams = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      datagrams.bind(any).configureBlocking(false);
      var connections = ServerSocketChannel.open(StandardProtocolFamily.INET);
      try {
        connections.bind(any).configureBlocking(false);
        LoopbackRedirect.install(NameService.ADDRESS, 53, port(datagrams), port(connections));
        return new Desk(namespace, datagrams, connections, scope, waiting);
      } catch (IOException | RuntimeException | Error e) {
        connections.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      datagrams.close();
      throw e;
    }
  }

  private static int port(NetworkChannel socket) throws IOException {
    return ((InetSocketAddress) socket.getLocalAddress()).getPort();
  }

  Scope scope() {
    return scope;
  }

  void scope(Scope other) {
    scope = other;
  }

  /** A connection to this desk ends with it at the latest. */
  void serve(SocketChannel connection) {
    open.add(connection);
  }

  void served(SocketChannel connection) {
    open.remove(connection);
  }

  /** No socket is left: one alone would keep the namespace alive. */
  @Override
  public void close() throws IOException {
    try {
      datagrams.close();
    } finally {
      connections.close();
      for (SocketChannel connection : open) {
        connection.close();
      }
    }
  }
}
