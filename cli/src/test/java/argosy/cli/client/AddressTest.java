package argosy.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @Test
  void reads_what_users_write() {
    assertEquals(new Address.Unix(Path.of("/run/a.sock"), ""), Address.parse("unix:///run/a.sock"));
    assertEquals(new Address.Tcp("h", 2376, ""), Address.parse("tcp://h:2376/"));
    assertEquals(new Address.Tcp("h", 2375, "/node/n1"), Address.parse("tcp://h/node/n1/"));
    assertEquals(new Address.Tcp("::1", 99, "/cluster"), Address.parse("tcp://[::1]:99/cluster"));
    assertEquals(new Address.Tcp("fe80::1", 2375, ""), Address.parse("tcp://[fe80::1]"));
    assertEquals(new Address.Tcp("127.0.0.1", 80, ""), Address.parse("tcp://:80"));
  }

  @Test
  void a_view_lengthens_the_base() {
    assertEquals(
        "tcp://[::1]:99/a/node/n2", Address.parse("tcp://[::1]:99/a").under("/node/n2").toString());
    assertEquals("unix:///s/cluster", Address.parse("unix:///s").under("/cluster").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host", "ssh://h", "tcp://h:x", "tcp://h:0", "tcp://h:70000", "unix://"})
  void refuses_the_rest(String url) {
    assertThrows(IllegalArgumentException.class, () -> Address.parse(url));
  }
}
