package argosy.engine.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/**
 * Containers that ask and do not listen, say nothing, or whose servers do: they delay nobody else.
 */
class BadAskersIT extends NameTrial {
  /** Questions of one container that may wait for other servers. */
  private static final int WAITING = 12;

  /** Its questions hang for a minute; whoever answers within some seconds did not wait for them. */
  @Test
  void one_whose_servers_are_silent_delays_nobody() throws IOException {
    names.close();
    names = patient(Duration.ofMinutes(1), Duration.ofMinutes(1));
    String bad = namespace();
    String other = namespace();
    inside(bad, () -> opened.add(new DatagramSocket(new InetSocketAddress("127.0.1.4", 53))));
    upstream(other, "127.0.1.3", Rcode.NOERROR, new AtomicInteger());
    names.listen(bad, scope(List.of("127.0.1.4"), true));
    names.listen(other, scope(List.of("127.0.1.3"), true));
    var answers = new ArrayList<DatagramSocket>();
    inside(
        bad,
        () -> {
          for (int i = 0; i < WAITING; i++) {
            answers.add(asking("example.com"));
          }
          assertEquals(Rcode.SERVFAIL, send("example.com", false).getRcode(), "one too many");
        });
    opened.addAll(answers);
    assertEquals("192.0.2.7", ask(other, "example.com", false));
    assertEquals("10.0.0.2", ask(other, "web", false));
    assertEquals("10.0.0.2", ask(bad, "web", false), "what we know ourselves waits for nobody");
    for (DatagramSocket each : answers) {
      each.setSoTimeout(1);
      assertThrows(IOException.class, () -> each.receive(new DatagramPacket(new byte[512], 512)));
    }
  }

  @Test
  void connections_that_say_nothing_or_half_are_few_and_delay_nobody() throws IOException {
    names.close();
    names = patient(Duration.ofSeconds(2), Duration.ofMinutes(1));
    String bad = namespace();
    String other = namespace();
    names.listen(bad, scope(List.of(), true));
    names.listen(other, scope(List.of(), true));
    var talks = new ArrayList<Socket>();
    inside(
        bad,
        () -> {
          for (int i = 0; i <= 64; i++) {
            var talk = new Socket(NameService.ADDRESS, 53);
            talk.setSoTimeout(8_000);
            talk.getOutputStream().write(new byte[i % 2]);
            talks.add(talk);
          }
          assertEquals(-1, talks.getLast().getInputStream().read(), "one too many is sent away");
        });
    opened.addAll(talks);
    assertEquals("10.0.0.2", ask(bad, "web", false));
    assertEquals("10.0.0.2", ask(other, "web", true));
    names.leave(bad);
    assertEquals(-1, ended(talks.getFirst()), "they end with their container");
  }

  private static int ended(Socket talk) throws IOException {
    try {
      return talk.getInputStream().read();
    } catch (SocketException reset) {
      return -1; // what was not read was thrown away
    }
  }

  @Test
  void a_connection_that_falls_silent_is_ended() {
    names.close();
    names = patient(Duration.ofSeconds(2), Duration.ofMillis(300));
    String container = namespace();
    names.listen(container, scope(List.of(), true));
    inside(
        container,
        () -> {
          for (byte[] part : List.of(new byte[0], new byte[1], new byte[] {0, 50, 1, 2})) {
            try (var talk = new Socket(NameService.ADDRESS, 53)) {
              talk.setSoTimeout(8_000);
              talk.getOutputStream().write(part);
              assertEquals(-1, talk.getInputStream().read());
            }
          }
        });
    assertEquals("10.0.0.2", ask(container, "web", true));
  }

  private NameServer patient(Duration timeout, Duration idle) {
    return NameServer.start(
        book, new NameConfig(timeout, 1, WAITING, idle), () -> List.of("127.0.0.53"));
  }

  private static DatagramSocket asking(String name) throws IOException {
    byte[] query = query(name).toWire();
    var socket = new DatagramSocket();
    socket.connect(new InetSocketAddress(NameService.ADDRESS, 53));
    socket.send(new DatagramPacket(query, query.length));
    return socket;
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
}
