package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Cidr;
import argosy.engine.network.NetworkRequest.Create;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkDraftTest {
  private static final List<Cidr> NETWORKS = List.of(Cidr.parse("172.17.0.0/16"));
  private static final List<Cidr> ROUTES = List.of(Cidr.parse("172.18.5.0/24"));

  private static Network draft(String driver, Map<String, String> options, Pool... pools) {
    var wanted = new Create("n", driver, false, false, false, List.of(pools), options, Map.of());
    return NetworkDraft.of(wanted, NETWORKS, ROUTES, Instant.EPOCH, new Random(1));
  }

  private static Failure refusal(String driver, Map<String, String> options, Pool... pools) {
    return assertThrows(Refused.class, () -> draft(driver, options, pools)).failure();
  }

  private static Pool pool(String subnet, String range, String gateway) {
    return new Pool(subnet, range, gateway, Map.of());
  }

  @Test
  void a_subnet_is_chosen_that_neither_a_network_nor_a_route_covers() {
    Network network = draft("", Map.of());
    assertEquals(pool("172.19.0.0/16", "", "172.19.0.1"), network.pools().getFirst());
    assertEquals("bridge", network.driver());
    assertEquals(64, network.id().length());
    assertEquals("br-" + network.id().substring(0, 12), BridgeOptions.bridge(network).name());
  }

  @Test
  void a_wanted_subnet_is_kept_and_its_gateway_filled_in() {
    assertEquals(
        pool("10.9.0.0/24", "10.9.0.128/25", "10.9.0.1"),
        draft("bridge", Map.of(), pool("10.9.0.5/24", "10.9.0.128/25", "")).pools().getFirst());
  }

  @Test
  void what_does_not_fit_is_refused() {
    assertEquals(
        new Failure.Forbidden(
            "invalid pool request: Pool overlaps with other one on this address space"),
        refusal("", Map.of(), pool("172.17.4.0/24", "", "")));
    assertInstanceOf(Failure.Invalid.class, refusal("", Map.of(), pool("10.0.0.0/33", "", "")));
    assertInstanceOf(
        Failure.Invalid.class, refusal("", Map.of(), pool("10.0.0.0/24", "", "10.1.0.1")));
    assertInstanceOf(
        Failure.Invalid.class, refusal("", Map.of(), pool("10.0.0.0/24", "10.1.0.0/25", "")));
    assertInstanceOf(
        Failure.NotImplemented.class, refusal("", Map.of(), pool("fd00::/64", "", "")));
    assertEquals(new Failure.NotFound("plugin \"foo\" not found"), refusal("foo", Map.of()));
    assertEquals(
        new Failure.Forbidden("only one instance of \"host\" network is allowed"),
        refusal("host", Map.of()));
    assertInstanceOf(
        Failure.Invalid.class, refusal("", Map.of(BridgeOptions.NAME, "much-too-long-a-name")));
    assertInstanceOf(Failure.Invalid.class, refusal("", Map.of(BridgeOptions.ICC, "maybe")));
  }

  @Test
  void full_pools_are_told() {
    var all = List.of(Cidr.parse("172.16.0.0/12"), Cidr.parse("192.168.0.0/16"));
    assertThrows(Refused.class, () -> AddressPools.choose(all));
    assertEquals(
        Cidr.parse("192.168.0.0/20"), AddressPools.choose(List.of(Cidr.parse("172.16.0.0/12"))));
  }
}
