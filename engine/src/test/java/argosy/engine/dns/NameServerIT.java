package argosy.engine.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.dns.NetworkNames.Named;
import argosy.engine.dns.Scope.Place;
import argosy.engine.linux.NetworkNamespace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The name service in real namespaces, asked by dnsjava's own client. */
class NameServerIT {
  private static final Place FRONT = new Place("f", "front", Map.of());

  @TempDir Path directory;
  private final NameBook book = new NameBook();
  private final List<Path> namespaces = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private NameServer names = start();

  private NameServer start() {
    return NameServer.start(book, NameConfig.DEFAULT, () -> List.of("127.0.0.53"));
  }

  @BeforeEach
  void one_is_called_web() {
    book.enter("f", new Named("1", List.of("web"), "10.0.0.2"));
  }

  @AfterEach
  void nothing_is_left() throws Exception {
    names.close();
    for (AutoCloseable each : opened) {
      each.close();
    }
    namespaces.forEach(NetworkNamespace::release);
  }

  @Test
  void a_name_is_answered_over_udp_and_tcp() {
    String container = namespace();
    names.listen(container, scope(List.of(), true));
    assertEquals("10.0.0.2", ask(container, "web", false));
    assertEquals("10.0.0.2", ask(container, "web", true));
    long start = System.nanoTime();
    inside(
        container,
        () -> {
          for (int i = 0; i < 200; i++) {
            assertEquals("10.0.0.2", first(send("web", false)));
          }
        });
    long micros = (System.nanoTime() - start) / 200_000;
    System.out.printf(
        "a name over UDP, sockets and parsing of the client included: %d us%n", micros);
    assertTrue(micros < 20_000, micros + " us");
  }

  @Test
  void a_long_answer_is_cut_and_comes_whole_over_tcp() {
    for (int i = 3; i < 90; i++) {
      book.enter("f", new Named("" + i, List.of("many"), "10.0.0." + i));
    }
    String container = namespace();
    names.listen(container, scope(List.of(), true));
    inside(
        container,
        () -> {
          Message cut = exchange("many", 512);
          assertTrue(cut.getHeader().getFlag(Flags.TC));
          assertEquals(87, send("many", true).getSection(Section.ANSWER).size());
        });
  }

  @Test
  void a_container_may_have_a_server_of_its_own() {
    String container = namespace();
    names.listen(container, scope(List.of(), true));
    inside(
        container,
        () -> {
          opened.add(new DatagramSocket(new InetSocketAddress("0.0.0.0", 53)));
          opened.add(new ServerSocket(53));
        });
    assertEquals("10.0.0.2", ask(container, "web", false));
    assertEquals("10.0.0.2", ask(container, "web", true));
  }

  @Test
  void what_is_not_ours_is_asked_of_others_in_their_order() {
    String container = namespace();
    var asked = new AtomicInteger();
    upstream(container, "127.0.1.2", Rcode.SERVFAIL, asked);
    upstream(container, "127.0.1.3", Rcode.NOERROR, asked);
    names.listen(container, scope(List.of("127.0.1.2", "127.0.1.3"), true));
    assertEquals("192.0.2.7", ask(container, "example.com", false));
    assertEquals(2, asked.get(), "the second one after the first one's failure");
    names.listen(container, scope(List.of("127.0.1.3"), false));
    inside(container, () -> assertEquals(Rcode.SERVFAIL, send("example.com", false).getRcode()));
    assertEquals(2, asked.get(), "an internal network asks nobody");
  }

  @Test
  void a_server_that_is_silent_is_given_up() {
    String container = namespace();
    inside(container, () -> opened.add(new DatagramSocket(new InetSocketAddress("127.0.1.4", 53))));
    var asked = new AtomicInteger();
    upstream(container, "127.0.1.3", Rcode.NOERROR, asked);
    names.listen(container, scope(List.of("127.0.1.4", "127.0.1.3"), true));
    assertEquals("192.0.2.7", ask(container, "example.com", false));
  }

  @Test
  void one_who_never_reads_does_not_slow_another() {
    String deaf = namespace();
    String other = namespace();
    names.listen(deaf, scope(List.of(), true));
    names.listen(other, scope(List.of(), true));
    byte[] query = query("web").toWire();
    inside(
        deaf,
        () -> {
          var socket = new DatagramSocket();
          opened.add(socket);
          socket.setReceiveBufferSize(1024);
          var server = new InetSocketAddress(InetAddress.getByName(NameService.ADDRESS), 53);
          for (int i = 0; i < 20_000; i++) {
            socket.send(new DatagramPacket(query, query.length, server));
          }
        });
    assertEquals("10.0.0.2", ask(other, "web", false));
    assertEquals("10.0.0.2", ask(deaf, "web", false));
  }

  /** As in a daemon with some hundred containers; select(2) knows no descriptor beyond 1023. */
  @Test
  void it_listens_however_many_files_are_open() {
    String container = namespace();
    inside(
        container,
        () -> {
          for (int i = 0; i < 1100; i++) {
            opened.add(Files.newInputStream(Path.of("/dev/null")));
          }
        });
    names.listen(container, scope(List.of(), true));
    assertEquals("10.0.0.2", ask(container, "web", false));
    assertEquals("10.0.0.2", ask(container, "web", true));
  }

  @Test
  void another_daemon_takes_over_and_a_namespace_is_let_go() {
    String container = namespace();
    names.listen(container, scope(List.of(), true));
    names.close();
    inside(container, () -> assertThrows(IOException.class, () -> send("web", false)));
    names = start();
    names.listen(container, scope(List.of(), true));
    assertEquals("10.0.0.2", ask(container, "web", false));
    names.leave(container);
    names.leave(container);
    assertEquals("", NetworkNamespace.enter(Path.of(container), NameServerIT::sockets));
  }

  private static Scope scope(List<String> servers, boolean forwards) {
    return new Scope(List.of(FRONT), servers, forwards);
  }

  private String namespace() {
    Path file = directory.resolve("ns" + namespaces.size());
    NetworkNamespace.create(file, () -> 0);
    namespaces.add(file);
    run("nsenter", "--net=" + file, "ip", "link", "set", "lo", "up");
    return file.toString();
  }

  private static void run(String... command) {
    try {
      assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server in the container's own namespace that answers all alike. */
  private void upstream(String namespace, String address, int code, AtomicInteger asked) {
    inside(
        namespace,
        () -> {
          var socket = new DatagramSocket(new InetSocketAddress(address, 53));
          opened.add(socket);
          Thread.ofVirtual().start(() -> serve(socket, code, asked));
        });
  }

  private static void serve(DatagramSocket socket, int code, AtomicInteger asked) {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[4096], 4096);
        socket.receive(packet);
        asked.incrementAndGet();
        var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        Message answer = Answers.refusal(query, code);
        if (code == Rcode.NOERROR) {
          answer.addRecord(
              new ARecord(
                  query.getQuestion().getName(), DClass.IN, 60, InetAddress.getByName("192.0.2.7")),
              Section.ANSWER);
        }
        byte[] bytes = answer.toWire();
        socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      assertTrue(socket.isClosed(), e.toString());
    }
  }

  private static String ask(String namespace, String name, boolean tcp) {
    return NetworkNamespace.enter(
        Path.of(namespace),
        () -> {
          try {
            return first(send(name, tcp));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String first(Message answer) {
    assertEquals(Rcode.NOERROR, answer.getRcode());
    return answer.getSection(Section.ANSWER).getFirst().rdataToString();
  }

  /** A plain client with sockets of this thread's namespace; dnsjava's own has its thread's. */
  private static Message send(String name, boolean tcp) throws IOException {
    return tcp ? overTcp(name) : exchange(name, 4096);
  }

  private static Message exchange(String name, int room) throws IOException {
    byte[] query = query(name).toWire();
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(8_000);
      socket.connect(new InetSocketAddress(NameService.ADDRESS, 53));
      socket.send(new DatagramPacket(query, query.length));
      var packet = new DatagramPacket(new byte[room], room);
      socket.receive(packet);
      return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
  }

  private static Message overTcp(String name) throws IOException {
    byte[] query = query(name).toWire();
    try (var socket = new Socket(NameService.ADDRESS, 53)) {
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(query.length);
      out.write(query);
      var in = new DataInputStream(socket.getInputStream());
      return new Message(in.readNBytes(in.readUnsignedShort()));
    }
  }

  private static Message query(String name) {
    try {
      return Message.newQuery(
          Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inside(String namespace, Work work) {
    NetworkNamespace.enter(
        Path.of(namespace),
        () -> {
          try {
            work.run();
            return 0;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Bound UDP and TCP sockets of this thread's namespace. */
  private static String sockets() {
    var found = new StringBuilder();
    for (String table : List.of("udp", "tcp")) {
      try {
        Files.readAllLines(Path.of("/proc/thread-self/net/" + table)).stream()
            .skip(1)
            .filter(line -> !line.matches(".* 06 .*"))
            .forEach(found::append);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found.toString();
  }
}
