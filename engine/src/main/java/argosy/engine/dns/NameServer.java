package argosy.engine.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * One thread that listens for all containers and answers what we know itself, without ever waiting:
 * an answer that a container does not take is dropped. What others must be asked, and what comes
 * over TCP, is done by a virtual thread each.
 */
public final class NameServer implements NameService {
  private static final Logger LOG = LoggerFactory.getLogger(NameServer.class);

  private static final int LARGEST = 65_535;

  /** Datagrams of one container before the next one's turn. */
  private static final int AT_ONCE = 16;

  private final NameBook book;
  private final NameConfig config;
  private final Forwarding forwarding;
  private final Selector selector;
  private final Map<String, Desk> desks = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);

  private NameServer(NameBook book, NameConfig config, Forwarding forwarding, Selector selector) {
    this.book = book;
    this.config = config;
    this.forwarding = forwarding;
    this.selector = selector;
  }

  /** {@code hostServers}: the name servers the host uses, asked each time. */
  public static NameServer start(
      NameBook book, NameConfig config, Supplier<List<String>> hostServers) {
    try {
      var forwarding = new Forwarding(hostServers, config.timeout(), config.servers());
      var server = new NameServer(book, config, forwarding, Selector.open());
      Thread.ofPlatform().daemon().name("names").start(server::serve);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void listen(String namespace, Scope scope) {
    Desk known = desks.get(namespace);
    if (known != null) {
      known.scope(scope);
      return;
    }
    Desk desk = Desk.open(namespace, scope, config.waiting());
    desks.put(namespace, desk);
    try {
      desk.datagrams.register(selector, SelectionKey.OP_READ, desk);
      desk.connections.register(selector, SelectionKey.OP_ACCEPT, desk);
      selector.wakeup();
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("the name service of " + namespace + " was let go", e);
    }
  }

  @Override
  public void leave(String namespace) {
    Desk desk = desks.remove(namespace);
    if (desk != null) {
      close(desk);
      selector.wakeup();
    }
  }

  @Override
  public void close() {
    desks.values().forEach(NameServer::close);
    desks.clear();
    try {
      selector.close();
    } catch (IOException e) {
      LOG.warn("the name server's selector did not close", e);
    }
  }

  private static void close(Desk desk) {
    try {
      desk.close();
    } catch (IOException e) {
      LOG.warn("the name service of {} did not close", desk.namespace, e);
    }
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::ready);
      }
    } catch (ClosedSelectorException e) {
      LOG.debug("the name server ends");
    } catch (IOException e) {
      LOG.error("the name server fails", e);
    }
  }

  private void ready(SelectionKey key) {
    var desk = (Desk) key.attachment();
    try {
      if (key.channel() == desk.datagrams) {
        receive(desk);
      } else {
        accept(desk);
      }
    } catch (IOException e) {
      LOG.debug("a query in {}: {}", desk.namespace, e.toString());
    } catch (RuntimeException e) {
      if (key.channel().isOpen()) {
        LOG.warn("a query in {}", desk.namespace, e);
      }
    }
  }

  private void receive(Desk desk) throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      buffer.clear();
      SocketAddress client = desk.datagrams.receive(buffer);
      if (client == null) {
        return;
      }
      byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
      var received = Query.read(bytes);
      if (received.objection().isPresent()) {
        send(desk, client, received.objection().get());
      } else if (received.query().isPresent()) {
        answer(desk, client, received.query().get());
      }
    }
  }

  private void answer(Desk desk, SocketAddress client, Query query) throws IOException {
    var local = local(desk, query);
    if (local.isPresent()) {
      send(desk, client, local.get().toWire(Answers.limit(query.message())));
    } else if (desk.forwards.tryAcquire()) {
      Thread.ofVirtual().name("names-forward").start(() -> forward(desk, client, query));
    } else {
      send(desk, client, failure(query));
    }
  }

  private Optional<Message> local(Desk desk, Query query) {
    return Answers.local(
        query.message(), new Lookup(desk.scope(), book::of), turn::getAndIncrement);
  }

  private void forward(Desk desk, SocketAddress client, Query query) {
    try {
      send(desk, client, forwarding.datagram(query, desk).orElseGet(() -> failure(query)));
    } catch (IOException e) {
      LOG.debug("an answer to {} was not taken: {}", desk.namespace, e.toString());
    } finally {
      desk.forwards.release();
    }
  }

  private static byte[] failure(Query query) {
    return Answers.refusal(query.message(), Rcode.SERVFAIL).toWire();
  }

  private static void send(Desk desk, SocketAddress client, byte[] answer) throws IOException {
    desk.datagrams.send(ByteBuffer.wrap(answer), client);
  }

  private void accept(Desk desk) throws IOException {
    SocketChannel connection = desk.connections.accept();
    if (connection == null) {
      return;
    }
    if (desk.talks.tryAcquire()) {
      Thread.ofVirtual().name("names-talk").start(() -> talk(desk, connection));
    } else {
      connection.close();
    }
  }

  private void talk(Desk desk, SocketChannel connection) {
    desk.serve(connection);
    try (connection) {
      var socket = connection.socket();
      socket.setSoTimeout((int) config.idle().toMillis());
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        byte[] bytes = in.readNBytes(in.readUnsignedShort());
        byte[] answer = answered(desk, bytes);
        byte[] framed = new byte[answer.length + 2];
        framed[0] = (byte) (answer.length >> 8);
        framed[1] = (byte) answer.length;
        System.arraycopy(answer, 0, framed, 2, answer.length);
        out.write(framed);
      }
    } catch (EOFException | SocketTimeoutException e) {
      LOG.trace("a connection ends");
    } catch (IOException | RuntimeException e) {
      LOG.debug("a connection in {}: {}", desk.namespace, e.toString());
    } finally {
      desk.served(connection);
      desk.talks.release();
    }
  }

  private byte[] answered(Desk desk, byte[] bytes) throws IOException {
    var received = Query.read(bytes);
    if (received.objection().isPresent()) {
      return received.objection().get();
    }
    Query query = received.query().orElseThrow(() -> new EOFException("not a query"));
    return local(desk, query)
        .map(Message::toWire)
        .or(() -> forwarding.stream(query, desk))
        .orElseGet(() -> failure(query));
  }
}
