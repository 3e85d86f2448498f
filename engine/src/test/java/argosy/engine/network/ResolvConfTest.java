package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.spec.NetworkSpec.Names;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {
  private static final List<String> HOST =
      List.of(
          "# made by hand",
          "nameserver 127.0.0.53",
          "nameserver 10.0.0.53",
          "nameserver fe80::1",
          "search example.org  lan",
          "options ndots:2 edns0");

  private static Names names(List<String> dns, List<String> options, List<String> search) {
    return new Names(dns, options, search, List.of(), List.of());
  }

  @Test
  void a_container_gets_the_hosts_but_for_what_it_can_not_reach() {
    assertEquals(
        List.of("nameserver 10.0.0.53", "search example.org lan", "options ndots:2 edns0"),
        ResolvConf.of(HOST, Names.NONE, true));
  }

  @Test
  void host_networking_gets_all_of_them() {
    assertEquals(
        List.of("nameserver 127.0.0.53", "nameserver 10.0.0.53", "nameserver fe80::1"),
        ResolvConf.of(HOST, Names.NONE, false).subList(0, 3));
  }

  @Test
  void without_any_that_is_reachable_public_ones_are_named() {
    assertEquals(
        List.of("nameserver 8.8.8.8", "nameserver 8.8.4.4"),
        ResolvConf.of(List.of("nameserver 127.0.0.1"), Names.NONE, true));
  }

  @Test
  void what_the_user_said_takes_the_place_of_the_hosts() {
    assertEquals(
        List.of("nameserver 1.1.1.1", "search a.b", "options timeout:1"),
        ResolvConf.of(HOST, names(List.of("1.1.1.1"), List.of("timeout:1"), List.of("a.b")), true));
    assertEquals(
        List.of("nameserver 10.0.0.53", "options ndots:2 edns0"),
        ResolvConf.of(HOST, names(List.of(), List.of(), List.of(".")), true));
  }
}
