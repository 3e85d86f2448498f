package argosy.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Refused;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxiesTest {
  private static final Proxies SOME =
      new Proxies(
          "one.lan:3128",
          "http://u:p@two.lan",
          "example.org, .sub.net,10.1.0.0/16,192.168.1.9,port.lan:444,fd00::/8");

  @Test
  void each_scheme_has_its_own() {
    assertEquals(
        Optional.of(URI.create("http://one.lan:3128")), SOME.before(URI.create("http://r/")));
    assertEquals(
        Optional.of(URI.create("http://u:p@two.lan")), SOME.before(URI.create("https://r/")));
    assertEquals(Optional.of("Basic dTpw"), SOME.authorization(URI.create("https://r/")));
    assertEquals(Optional.empty(), SOME.authorization(URI.create("http://r/")));
    assertEquals(Optional.empty(), Proxies.NONE.before(URI.create("https://r/")));
  }

  @Test
  void some_are_reached_without() {
    for (String host :
        List.of(
            "example.org",
            "a.example.org",
            "a.sub.net",
            "10.1.200.3:5000",
            "192.168.1.9",
            "port.lan:444",
            "[fd00::1]:5000",
            "localhost:5000",
            "127.0.0.1",
            "[::1]:5000")) {
      assertEquals(Optional.empty(), SOME.before(URI.create("https://" + host + "/v2/")), host);
    }
    for (String host :
        List.of("badexample.org", "sub.net", "10.2.0.1", "192.168.1.90", "port.lan", "[fe80::1]")) {
      assertTrue(SOME.before(URI.create("https://" + host + "/v2/")).isPresent(), host);
    }
    assertEquals(
        Optional.empty(), new Proxies("", "http://p", "*").before(URI.create("https://r/")));
  }

  @Test
  void what_is_no_proxy_is_refused_and_its_password_is_not_shown() {
    var socks = assertThrows(Refused.class, () -> new Proxies("socks5://me:secret@h:1", "", ""));
    assertTrue(socks.toString().contains("socks5://xxxxx:xxxxx@h:1"), socks.toString());
    assertEquals("http://xxxxx:xxxxx@two.lan", Proxies.shown(SOME.https()));
  }
}
