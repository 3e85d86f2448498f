package argosy.engine.netlink;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's ports that are published, each held by a bound socket: so another program that wants
 * one is told, and so are we. Packets never reach these sockets, the packet filter is before them.
 */
final class HostPorts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostPorts.class);

  private final Map<Forward, Closeable> held = new ConcurrentHashMap<>();

  /** Holds all of them, or none and throws {@link PortTaken}. */
  void hold(Collection<Forward> forwards) {
    var taken = new HashSet<Forward>();
    try {
      for (Forward forward : forwards) {
        held.put(forward, open(forward));
        taken.add(forward);
      }
    } catch (RuntimeException e) {
      release(taken);
      throw e;
    }
  }

  /** Holds exactly these from now on; one that somebody took meanwhile is logged. */
  void replace(Collection<Forward> forwards) {
    var wanted = Set.copyOf(forwards);
    release(held.keySet().stream().filter(forward -> !wanted.contains(forward)).toList());
    for (Forward forward : wanted) {
      if (!held.containsKey(forward)) {
        try {
          held.put(forward, open(forward));
        } catch (PortTaken e) {
          LOG.warn("another program took a published port while we were away: {}", e.getMessage());
        }
      }
    }
  }

  /** Idempotent. */
  void release(Collection<Forward> forwards) {
    for (Forward forward : forwards) {
      Closeable socket = held.remove(forward);
      if (socket != null) {
        close(socket);
      }
    }
  }

  @Override
  public void close() {
    release(Set.copyOf(held.keySet()));
  }

  private static Closeable open(Forward forward) {
    return switch (forward.protocol()) {
      case "tcp" -> bound(forward, HostPorts::listening);
      case "udp" -> bound(forward, HostPorts::receiving);
      default -> () -> {};
    };
  }

  private interface Opening {
    Closeable at(InetSocketAddress address) throws IOException;
  }

  private static Closeable bound(Forward forward, Opening opening) {
    try {
      return opening.at(address(forward));
    } catch (BindException e) {
      throw new PortTaken(forward, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Closeable listening(InetSocketAddress address) throws IOException {
    var socket = ServerSocketChannel.open(StandardProtocolFamily.INET);
    try {
      return socket.bind(address, 1);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Closeable receiving(InetSocketAddress address) throws IOException {
    var socket = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      return socket.bind(address);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static InetSocketAddress address(Forward forward) throws UnknownHostException {
    byte[] bytes = ByteBuffer.allocate(4).putInt(forward.hostAddress()).array();
    return new InetSocketAddress(InetAddress.getByAddress(bytes), forward.hostPort());
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.warn("a published port's socket did not close", e);
    }
  }
}
