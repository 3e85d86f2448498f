package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How networks are passed in and out, by the bridge driver's options, with the stock docker CLI.
 */
class GatewayModesIT extends OneHost {
  private static final String BRIDGE = "com.docker.network.bridge.";
  private static final String FOUR = "10.95.0.0/24";
  private static final String SIX = "fd00:95::/64";
  private static final String HOST_6 = "fd99:48::1";
  private static final String NEIGHBOUR_6 = "fd99:48::9";

  GatewayModesIT() {
    super(
        48,
        "--bip",
        "10.94.0.1/24",
        "--default-gateway",
        "10.94.0.254",
        "--default-network-opt",
        "bridge=com.docker.network.driver.mtu=1432");
  }

  @BeforeAll
  void lead_the_containers_subnets_to_the_host() {
    host("ip", "addr", "add", HOST_6 + "/64", "dev", "eth0", "nodad");
    neighbour("ip", "addr", "add", NEIGHBOUR_6 + "/64", "dev", "eth0", "nodad").ok();
    neighbour("ip", "route", "add", FOUR, "via", hosts.address(1)).ok();
    neighbour("ip", "route", "add", SIX, "via", HOST_6).ok();
  }

  @AfterEach
  void nothing_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
    daemon.docker("network", "prune", "-f").ok();
    String rules = host("nft", "list", "table", "inet", "argosy");
    assertFalse(rules.contains("elements") || rules.contains("br-"), rules);
  }

  @Test
  void a_routed_network_is_reached_at_its_own_addresses_and_where_it_publishes_only() {
    network("--ipv6", "-o", BRIDGE + "gateway_mode_ipv6=routed");
    web("web", "-p", "8080:80");
    assertEquals(
        "{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"},{\"HostIp\":\"::\",\"HostPort\":\"\"}]}",
        daemon.docker("inspect", "-f", "{{json .NetworkSettings.Ports}}", "web").ok());
    assertEquals("0.0.0.0:8080->80/tcp", daemon.docker("ps", "--format", "{{.Ports}}").ok());
    String six = "[fd00:95::2]";
    assertEquals(NEIGHBOUR_6, neighbour(get(six, 80)).ok(), "the client's own address");
    assertNotEquals(0, neighbour(get(six, 81)).code(), "what is not published");
    assertEquals(0, neighbour("busybox", "ping", "-c1", "-W2", "fd00:95::2").code());
    assertNotEquals(0, neighbour(get("[" + HOST_6 + "]", 8080)).code(), "nothing is translated");
    assertEquals(0, neighbour(get(hosts.address(1), 8080)).code(), "the other family is");
    assertNotEquals(0, neighbour(get("10.95.0.2", 80)).code(), "and is not routed");
    inside("web", "ping", "-c1", "-W2", NEIGHBOUR_6);

    daemon.kill();
    daemon.start();
    assertEquals(0, neighbour(get(six, 80)).code(), "a daemon that comes back leaves it open");
    daemon.docker("network", "create", "plain").ok();
    daemon.docker("network", "connect", "--gw-priority", "9", "plain", "web").ok();
    assertEquals(
        "0.0.0.0:8080", daemon.docker("port", "web", "80").ok().lines().findFirst().orElse(""));
  }

  @Test
  void an_unprotected_network_is_open_and_still_translated() {
    network("-o", BRIDGE + "gateway_mode_ipv4=nat-unprotected");
    web("web", "-p", "8080:80");
    assertEquals(0, neighbour(get("10.95.0.2", 81)).code(), "not published, reached all the same");
    assertEquals(0, neighbour(get(hosts.address(1), 8080)).code());
    daemon.docker("rm", "-f", "web").ok();
    daemon.docker("network", "rm", "own").ok();
    network();
    web("web", "-p", "8080:80");
    assertNotEquals(0, neighbour(get("10.95.0.2", 80)).code(), "closed as ever");
  }

  @Test
  void trusted_interfaces_lead_to_what_is_published() {
    network("-o", BRIDGE + "trusted_host_interfaces=eth0:wg7");
    web("web", "-p", "8080:80", "-p", "127.0.0.1:8081:80");
    assertEquals(hosts.address(0), neighbour(get("10.95.0.2", 80)).ok());
    assertNotEquals(0, neighbour(get("10.95.0.2", 81)).code());
  }

  @Test
  void what_leaves_carries_the_address_that_was_chosen() {
    host("ip", "addr", "add", "10.96.0.1/32", "dev", "lo");
    neighbour("ip", "route", "add", "10.96.0.1", "via", hosts.address(1)).ok();
    network("-o", "com.docker.network.host_ipv4=10.96.0.1");
    web("web");
    neighbour("nft", "add", "table", "ip", "seen").ok();
    try {
      neighbour(
              "nft",
              "add chain ip seen in { type filter hook input priority 0; }; add rule ip seen in ip"
                  + " saddr 10.96.0.1 icmp type echo-request counter")
          .ok();
      inside("web", "ping", "-c1", "-W2", hosts.address(0));
      String seen = neighbour("nft", "list", "table", "ip", "seen").ok();
      assertTrue(seen.contains("counter packets 1"), seen);
    } finally {
      neighbour("nft", "delete", "table", "ip", "seen").ok();
    }
  }

  @Test
  void the_daemons_options_reach_the_default_bridge_and_new_networks() {
    daemon.docker("run", "-d", "--name", "web", busybox, "sleep", "1000").ok();
    String routes = inside("web", "ip", "route");
    assertTrue(routes.contains("default via 10.94.0.254 dev eth0"), routes);
    assertEquals(
        "10.94.0.254",
        daemon
            .docker(
                "network",
                "inspect",
                "-f",
                "{{range .IPAM.Config}}{{.AuxAddress.DefaultGatewayIPv4}}{{end}}",
                "bridge")
            .ok());
    network();
    daemon.docker("network", "connect", "own", "web").ok();
    assertTrue(inside("web", "ip", "link", "show", "eth1").contains("mtu 1432"));
    assertTrue(inside("web", "ip", "link", "show", "eth0").contains("mtu 1500"));
  }

  @Test
  void published_ports_follow_the_families_of_a_running_container() {
    daemon.docker("network", "create", "a").ok();
    daemon.docker("network", "create", "--ipv6", "--subnet", SIX, "b").ok();
    web("web", "--network", "a", "-p", "8080:80", "-p", "90");
    var random = daemon.docker("port", "web", "90").ok();
    daemon.docker("network", "connect", "b", "web").ok();
    assertEquals("0.0.0.0:8080\n[::]:8080", daemon.docker("port", "web", "80").ok());
    assertEquals(
        random + "\n" + random.replace("0.0.0.0", "[::]"), daemon.docker("port", "web", "90").ok());
    assertEquals(NEIGHBOUR_6, neighbour(get("[" + HOST_6 + "]", 8080)).ok());
    assertEquals(hosts.address(0), neighbour(get(hosts.address(1), 8080)).ok());
    daemon.docker("network", "disconnect", "a", "web").ok();
    assertEquals(0, neighbour(get(hosts.address(1), 8080)).code(), "the other network has both");
    daemon.docker("network", "connect", "a", "web").ok();
    daemon.docker("network", "disconnect", "b", "web").ok();
    assertEquals("0.0.0.0:8080", daemon.docker("port", "web", "80").ok());
    assertNotEquals(0, neighbour(get("[" + HOST_6 + "]", 8080)).code());
    assertEquals(hosts.address(0), neighbour(get(hosts.address(1), 8080)).ok());
  }

  private void network(String... options) {
    var all = new ArrayList<>(List.of("network", "create", "--subnet", FOUR));
    if (List.of(options).contains("--ipv6")) {
      all.addAll(List.of("--subnet", SIX));
    }
    all.addAll(List.of(options));
    all.add("own");
    daemon.docker(all.toArray(String[]::new)).ok();
  }

  /** It answers with its client's address, on two ports. */
  private void web(String name, String... options) {
    var all = new ArrayList<>(List.of("run", "-d", "--name", name));
    if (!List.of(options).contains("--network")) {
      all.addAll(List.of("--network", "own"));
    }
    all.addAll(List.of(options));
    all.addAll(
        List.of(
            busybox,
            "sh",
            "-c",
            "mkdir -p /w/cgi-bin; printf '#!/bin/sh\\necho; a=${REMOTE_ADDR#[}; a=${a#::ffff:}; echo ${a%%]}\\n' >/w/cgi-bin/index.cgi;"
                + " busybox chmod +x /w/cgi-bin/index.cgi; httpd -p 81 -h /w; exec httpd -f -p 80 -h /w"));
    daemon.docker(all.toArray(String[]::new)).ok();
    Shell.await(
        "it serves",
        () ->
            daemon.docker("exec", name, "wget", "-qO-", "127.0.0.1:80/cgi-bin/index.cgi").code()
                == 0);
  }

  private static String[] get(String address, int port) {
    return new String[] {
      "curl", "-sS", "-m", "2", "http://" + address + ":" + port + "/cgi-bin/index.cgi"
    };
  }

  private Shell.Result neighbour(String... command) {
    return Shell.run(hosts.inside(0, List.of(command)));
  }

  private String host(String... command) {
    return Shell.run(hosts.inside(1, List.of(command))).ok();
  }

  private String inside(String container, String... command) {
    var all = new ArrayList<>(List.of("exec", container));
    all.addAll(List.of(command));
    return daemon.docker(all.toArray(String[]::new)).ok();
  }
}
