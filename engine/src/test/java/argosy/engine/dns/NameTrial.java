package argosy.engine.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name service in real namespaces, asked by plain sockets. */
abstract class NameTrial {
  static final Place FRONT = new Place("f", "front", Map.of());

  @TempDir Path directory;
  final NameBook book = new NameBook();
  final List<Path> namespaces = new ArrayList<>();
  final List<AutoCloseable> opened = new ArrayList<>();
  NameServer names = start();

  NameServer start() {
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

  static Scope scope(List<String> servers, boolean forwards) {
    return new Scope(List.of(FRONT), servers, forwards);
  }

  String namespace() {
    Path file = directory.resolve("ns" + namespaces.size());
    NetworkNamespace.create(file, () -> 0);
    namespaces.add(file);
    run("nsenter", "--net=" + file, "ip", "link", "set", "lo", "up");
    return file.toString();
  }

  static void run(String... command) {
    try {
      assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server in the container's own namespace that answers all alike. */
  void upstream(String namespace, String address, int code, AtomicInteger asked) {
    inside(
        namespace,
        () -> {
          var socket = new DatagramSocket(new InetSocketAddress(address, 53));
          opened.add(socket);
          Thread.ofVirtual().start(() -> serve(socket, code, asked));
        });
  }

  static void serve(DatagramSocket socket, int code, AtomicInteger asked) {
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

  static String ask(String namespace, String name, boolean tcp) {
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

  static String first(Message answer) {
    assertEquals(Rcode.NOERROR, answer.getRcode());
    return answer.getSection(Section.ANSWER).getFirst().rdataToString();
  }

  /** A plain client with sockets of this thread's namespace; dnsjava's own has its thread's. */
  static Message send(String name, boolean tcp) throws IOException {
    return tcp ? overTcp(name) : exchange(name, 4096);
  }

  static Message exchange(String name, int room) throws IOException {
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

  static Message overTcp(String name) throws IOException {
    byte[] query = query(name).toWire();
    try (var socket = new Socket(NameService.ADDRESS, 53)) {
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(query.length);
      out.write(query);
      var in = new DataInputStream(socket.getInputStream());
      return new Message(in.readNBytes(in.readUnsignedShort()));
    }
  }

  static Message query(String name) {
    try {
      return Message.newQuery(
          Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  interface Work {
    void run() throws IOException;
  }

  static void inside(String namespace, Work work) {
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
  static String sockets() {
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
