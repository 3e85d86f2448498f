package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Family;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import argosy.engine.netlink.Traffic;
import argosy.engine.network.NetworkConfig.SplitPool;
import argosy.engine.network.NetworkRequest.Create;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkDraftTest {
  private static final String SITE = "0123456789abcdef";
  private static final List<Subnet> NETWORKS = List.of(Subnet.parse("172.17.0.0/16"));
  private static final List<Subnet> ROUTES = List.of(Subnet.parse("172.18.5.0/24"));

  private static Network draft(Create wanted) {
    var pools = new PoolDraft(AddressPools.of(List.of(), SITE), NETWORKS, ROUTES);
    return NetworkDraft.of(wanted, pools, Instant.EPOCH, new Random(1));
  }

  private static Network draft(String driver, Map<String, String> options, Pool... pools) {
    return draft(new Create("n", driver, false, false, false, List.of(pools), options, Map.of()));
  }

  private static Network six(Pool... pools) {
    return draft(new Create("n", "", false, false, true, List.of(pools), Map.of(), Map.of()));
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
    assertEquals(List.of(pool("172.19.0.0/16", "", "172.19.0.1")), network.pools());
    assertEquals("bridge", network.driver());
    assertEquals(64, network.id().length());
    assertEquals("br-" + network.id().substring(0, 12), BridgeOptions.bridge(network).name());
  }

  @Test
  void a_wanted_subnet_is_kept_and_its_gateway_is_the_first_of_the_range() {
    assertEquals(
        List.of(pool("10.9.0.0/24", "10.9.0.128/25", "10.9.0.128")),
        draft("bridge", Map.of(), pool("10.9.0.5/24", "10.9.0.128/25", "")).pools());
  }

  @Test
  void auxiliary_addresses_are_nobodys() {
    var aux = Map.of("router", "10.9.0.1");
    assertEquals(
        "10.9.0.2",
        draft("", Map.of(), new Pool("10.9.0.0/24", "", "", aux)).pools().getFirst().gateway());
    assertEquals(
        new Failure.Forbidden(
            "failed to allocate secondary ip address (router:10.9.0.1): Address already in use"),
        refusal("", Map.of(), new Pool("10.9.0.0/24", "", "10.9.0.1", aux)));
    assertEquals(
        new Failure.Invalid("no matching subnet for aux-address 10.9.0.1"),
        refusal("", Map.of(), new Pool("10.8.0.0/24", "", "", aux)));
  }

  @Test
  void a_network_with_ipv6_gets_a_subnet_of_this_host_when_none_is_given() {
    Network made = six();
    assertTrue(made.ipv6());
    assertEquals(
        List.of(
            pool("172.19.0.0/16", "", "172.19.0.1"),
            pool("fd01:2345:6789::/64", "", "fd01:2345:6789::1")),
        made.pools());
    assertEquals(
        List.of("172.19.0.1/16", "fd01:2345:6789::1/64"),
        BridgeOptions.bridge(made).subnets().stream().map(Subnet::toString).toList());
  }

  @Test
  void given_subnets_of_both_families_and_of_one_family_are_kept() {
    assertEquals(
        List.of(pool("fd00:3::/64", "", "fd00:3::9"), pool("10.20.0.0/16", "", "10.20.0.1")),
        six(pool("fd00:3::/64", "", "fd00:3::9"), pool("10.20.0.0/16", "", "")).pools());
    assertEquals(
        List.of("10.1.0.0/24", "10.2.0.0/24"),
        draft("", Map.of(), pool("10.1.0.0/24", "", ""), pool("10.2.0.0/24", "", ""))
            .pools()
            .stream()
            .map(Pool::subnet)
            .toList());
  }

  @Test
  void an_ipv6_subnet_without_ipv6_is_shown_and_not_used() {
    Network made = draft("", Map.of(), pool("fd00:2::/64", "", ""));
    assertEquals("172.19.0.0/16", made.pools().getFirst().subnet());
    assertEquals("fd00:2::/64", made.pools().getLast().subnet());
    assertEquals(1, BridgeOptions.pools(made).size());
  }

  @Test
  void a_network_of_ipv6_alone() {
    Network made =
        draft(
            new Create(
                "n", "", false, false, true, true, List.of(), Map.of(), Map.of(), Map.of(), false,
                ""));
    assertEquals(1, made.pools().size());
    var none =
        new Create(
            "n", "", false, false, true, false, List.of(), Map.of(), Map.of(), Map.of(), false, "");
    assertThrows(Refused.class, () -> draft(none));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/33, '', ''",
    "10.0.0.0/24, '', 10.1.0.1",
    "10.0.0.0/24, 10.1.0.0/25, ''",
    "10.0.0.0/24, 10.0.0.0/16, ''",
    "10.0.0.0/24, '', x",
    "10.0.0.0/31, '', ''",
    "10.0.0.0/24, '', 10.0.0.0",
    "10.0.0.0/24, '', 10.0.0.255",
    "172.17.4.0/24, '', ''",
    "172.0.0.0/8, '', ''"
  })
  void what_does_not_fit_is_refused(String subnet, String range, String gateway) {
    refusal("", Map.of(), pool(subnet, range, gateway));
  }

  @Test
  void refusals_are_dockers() {
    var overlap =
        new Failure.Forbidden(
            "invalid pool request: Pool overlaps with other one on this address space");
    assertEquals(overlap, refusal("", Map.of(), pool("172.17.4.0/24", "", "")));
    assertEquals(
        overlap, refusal("", Map.of(), pool("10.1.0.0/16", "", ""), pool("10.1.2.0/24", "", "")));
    assertEquals(new Failure.NotFound("plugin \"foo\" not found"), refusal("foo", Map.of()));
    assertEquals(
        new Failure.Forbidden("only one instance of \"host\" network is allowed"),
        refusal("host", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "com.docker.network.bridge.name, much-too-long-a-name",
    "com.docker.network.bridge.name, argo0123456789a",
    "com.docker.network.bridge.enable_icc, maybe",
    "com.docker.network.bridge.enable_ip_masquerade, maybe",
    "com.docker.network.driver.mtu, x",
    "com.docker.network.driver.mtu, -5",
    "com.docker.network.bridge.host_binding_ipv4, nope",
    "com.docker.network.bridge.gateway_mode_ipv4, isolated",
    "com.docker.network.bridge.gateway_mode_ipv6, odd",
    "com.docker.network.container_iface_prefix, much/too",
    "com.docker.network.host_ipv4, fd00::1",
    "com.docker.network.host_ipv6, 10.0.0.1",
    "com.docker.network.host_ipv6, nope",
    "com.docker.network.bridge.name, br*",
    "com.docker.network.enable_ipv6, perhaps",
    "com.docker.network.bridge.trusted_host_interfaces, eth0:much-too-long-a-name"
  })
  void options_that_make_no_sense_are_refused(String option, String value) {
    var asked =
        new Create("n", "", false, false, false, List.of(), Map.of(option, value), Map.of());
    assertThrows(Refused.class, () -> draft(NetworkDraft.with(asked, Map.of())));
  }

  @Test
  void an_isolated_internal_network_has_no_address_on_the_host() {
    Network made =
        draft(
            new Create(
                "n",
                "",
                true,
                false,
                false,
                List.of(),
                Map.of(BridgeOptions.GATEWAY_MODE_4, "isolated"),
                Map.of()));
    assertEquals(List.of(Family.V6), BridgeOptions.bridge(made).addressed());
  }

  @Test
  void what_passes_in_and_out_is_told_by_options() {
    Network made =
        draft(
            "",
            Map.of(
                BridgeOptions.GATEWAY_MODE_4,
                "nat-unprotected",
                BridgeOptions.GATEWAY_MODE_6,
                "routed",
                BridgeOptions.HOST_4,
                "10.0.0.9",
                BridgeOptions.TRUSTED,
                "eth1::wg0"));
    assertEquals(
        new Traffic(
            false,
            true,
            true,
            Set.of(Family.V4),
            Set.of(Family.V6),
            List.of(Ip.parse("10.0.0.9")),
            List.of("eth1", "wg0")),
        BridgeOptions.bridge(made).traffic());
  }

  @Test
  void default_routes_lead_to_the_auxiliary_address_of_dockers_name() {
    var aux = Map.of("DefaultGatewayIPv4", "10.9.0.5");
    Network made = draft("", Map.of(), new Pool("10.9.0.0/24", "", "", aux));
    assertEquals("10.9.0.5", BridgeOptions.gateway(made, Ip.parse("10.9.0.7")));
    assertEquals("10.9.0.1", made.pools().getFirst().gateway());
  }

  @Test
  void options_of_the_configuration_are_had_by_who_asks_for_no_others() {
    var defaults =
        Map.of("bridge", Map.of(BridgeOptions.MTU, "1400", BridgeOptions.ENABLE_6, "true"));
    var asked =
        new Create(
            "n", "", false, false, false, List.of(), Map.of(BridgeOptions.ICC, "false"), Map.of());
    Network made = draft(NetworkDraft.with(asked, defaults));
    assertEquals("1400", made.options().get(BridgeOptions.MTU));
    assertEquals("false", made.options().get(BridgeOptions.ICC));
    assertTrue(made.ipv6());
    var other =
        NetworkDraft.with(asked.with(Map.of(BridgeOptions.MTU, "9000"), false, false), defaults);
    assertEquals("9000", other.options().get(BridgeOptions.MTU));
  }

  @Test
  void settings_come_from_a_template() {
    var options = Map.of(BridgeOptions.MTU, "1400");
    Network template =
        draft(
            new Create(
                "t",
                "bridge",
                false,
                false,
                false,
                false,
                List.of(pool("10.30.0.0/24", "", "")),
                Map.of(),
                options,
                Map.of("a", "b"),
                true,
                ""));
    assertEquals("null", template.driver());
    var wanted =
        new Create(
            "n", "", false, false, false, false, List.of(), Map.of(), Map.of(), Map.of(), false,
            "t");
    Network made = draft(NetworkDraft.from(wanted, template));
    assertEquals("t", made.configFrom());
    assertEquals(options, made.options());
    assertEquals(Map.of("a", "b"), made.labels());
    assertEquals("10.30.0.0/24", made.pools().getFirst().subnet());
    assertInstanceOf(
        Failure.Forbidden.class,
        assertThrows(Refused.class, () -> NetworkDraft.from(wanted, made)).failure());
  }

  @Test
  void full_pools_are_told() {
    var pools = AddressPools.of(List.of(), SITE);
    var all = List.of(Subnet.parse("172.16.0.0/12"), Subnet.parse("192.168.0.0/16"));
    var refused = assertThrows(Refused.class, () -> pools.choose(false, all));
    assertEquals("all predefined address pools have been fully subnetted", refused.getMessage());
    assertEquals(
        Subnet.parse("192.168.0.0/20"),
        pools.choose(false, List.of(Subnet.parse("172.16.0.0/12"))));
    assertEquals(
        Subnet.parse("192.168.32.0/20"),
        pools.choose(
            false, List.of(Subnet.parse("172.16.0.0/12"), Subnet.parse("192.168.8.0/19"))));
  }

  @Test
  void the_operators_pools_are_cut_into_networks() {
    var pools =
        AddressPools.of(
            List.of(
                SplitPool.parse("base=10.10.0.0/16,size=24"),
                SplitPool.parse("base=fd00:9::/48,size=64")),
            SITE);
    assertEquals(
        Subnet.parse("10.10.1.0/24"), pools.choose(false, List.of(Subnet.parse("10.10.0.128/25"))));
    assertEquals(Subnet.parse("fd00:9::/64"), pools.choose(true, List.of()));
    assertThrows(Refused.class, () -> pools.choose(false, List.of(Subnet.parse("10.0.0.0/8"))));
    assertThrows(IllegalArgumentException.class, () -> SplitPool.parse("base=10.0.0.0/16,size=8"));
    assertThrows(IllegalArgumentException.class, () -> SplitPool.parse("10.0.0.0/16"));
  }
}
