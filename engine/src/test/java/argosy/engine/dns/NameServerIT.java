package argosy.engine.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.dns.NetworkNames.Named;
import argosy.engine.linux.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** The name service in real namespaces. */
class NameServerIT extends NameTrial {
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
}
