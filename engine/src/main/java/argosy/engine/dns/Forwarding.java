package argosy.engine.dns;

import argosy.engine.linux.NetworkNamespace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;

/**
 * Asks other name servers for a container, from inside its namespace: so a container behind a VPN
 * asks through its VPN, and one that must not reach a server does not. Only the host's own servers
 * on loopback, which no container reaches, are asked from the host. Blocks: for virtual threads.
 *
 * @param hostServers the name servers the host uses now
 * @param patience how long one server may take
 * @param most servers that are asked, in their order
 */
record Forwarding(Supplier<List<String>> hostServers, Duration patience, int most) {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
  private static final SecureRandom CHANCE = new SecureRandom();
  private static final int PORT = 53;
  private static final int LARGEST = 65_535;

  private interface Exchange {
    byte[] with(String server, boolean fromHost) throws IOException;
  }

  /** The first answer that is one, from the servers in their order; empty when there is none. */
  Optional<byte[]> datagram(Query query, Desk desk) {
    return ask(query, desk, (server, fromHost) -> datagram(query, desk, server, fromHost));
  }

  /** The same over TCP. */
  Optional<byte[]> stream(Query query, Desk desk) {
    return ask(query, desk, (server, fromHost) -> stream(query, desk, server, fromHost));
  }

  private Optional<byte[]> ask(Query query, Desk desk, Exchange exchange) {
    Scope scope = desk.scope();
    if (!scope.forwards()) {
      return Optional.empty();
    }
    boolean own = !scope.servers().isEmpty();
    List<String> servers = own ? scope.servers() : hostServers.get();
    Optional<byte[]> last = Optional.empty();
    for (String server : servers.subList(0, Math.min(most, servers.size()))) {
      boolean fromHost = server.contains(":") || !own && server.startsWith("127.");
      try {
        byte[] answer = exchange.with(server, fromHost);
        last = Optional.of(answer);
        int code = answer[3] & 0xf;
        if (code != Rcode.SERVFAIL && code != Rcode.REFUSED) {
          return last;
        }
      } catch (IOException | RuntimeException e) {
        LOG.debug("the name server {} did not answer: {}", server, e.toString());
      }
    }
    return last;
  }

  private byte[] datagram(Query query, Desk desk, String server, boolean fromHost)
      throws IOException {
    byte[] asked = query.bytes().clone();
    byte[] id = id();
    System.arraycopy(id, 0, asked, 0, 2);
    try (var channel = in(desk, fromHost, () -> DatagramChannel.open(family(server)))) {
      var socket = channel.socket();
      socket.connect(address(server));
      socket.send(new DatagramPacket(asked, asked.length));
      long end = System.nanoTime() + patience.toNanos();
      var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
      while (true) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new SocketTimeoutException("no answer within " + patience);
        }
        socket.setSoTimeout((int) left);
        socket.receive(packet);
        byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
        if (fits(query, id, answer)) {
          return restored(query, answer);
        }
      }
    }
  }

  private byte[] stream(Query query, Desk desk, String server, boolean fromHost)
      throws IOException {
    try (var channel = in(desk, fromHost, () -> SocketChannel.open(family(server)))) {
      var socket = channel.socket();
      socket.setSoTimeout((int) patience.toMillis());
      socket.connect(address(server), (int) patience.toMillis());
      var out = new DataOutputStream(socket.getOutputStream());
      byte[] framed = new byte[query.bytes().length + 2];
      framed[0] = (byte) (query.bytes().length >> 8);
      framed[1] = (byte) query.bytes().length;
      System.arraycopy(query.bytes(), 0, framed, 2, query.bytes().length);
      out.write(framed);
      var in = new DataInputStream(socket.getInputStream());
      byte[] answer = in.readNBytes(in.readUnsignedShort());
      if (!fits(query, Arrays.copyOf(query.bytes(), 2), answer)) {
        throw new IOException("an answer to something else");
      }
      return answer;
    }
  }

  private interface Opening<T> {
    T open() throws IOException;
  }

  private static <T> T in(Desk desk, boolean fromHost, Opening<T> opening) throws IOException {
    return fromHost
        ? opening.open()
        : NetworkNamespace.enter(
            Path.of(desk.namespace),
            () -> {
              try {
                return opening.open();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** An answer, with our number and to our question: what else comes was not asked for. */
  private static boolean fits(Query query, byte[] id, byte[] answer) {
    return answer.length >= 12
        && answer[0] == id[0]
        && answer[1] == id[1]
        && (answer[2] & 0x80) != 0
        && Query.sameQuestion(query, answer);
  }

  private static byte[] restored(Query query, byte[] answer) {
    System.arraycopy(query.bytes(), 0, answer, 0, 2);
    return answer;
  }

  private static byte[] id() {
    byte[] id = new byte[2];
    CHANCE.nextBytes(id);
    return id;
  }

  private static StandardProtocolFamily family(String server) {
    return server.contains(":") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }

  private static InetSocketAddress address(String server) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(server), PORT);
  }
}
