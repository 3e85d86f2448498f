package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which addresses networks and containers get, with the stock docker CLI. */
class AddressesIT extends OneHost {
  private static final String DRIVER = "com.docker.network.";

  AddressesIT() {
    super(
        42,
        "--default-address-pool",
        "base=10.90.0.0/16,size=24",
        "--default-address-pool",
        "base=fd00:90::/48,size=64",
        "--bip",
        "10.91.0.1/24",
        "--mtu",
        "1400",
        "--ipv6",
        "--bip6",
        "fd00:91::1/64");
  }

  @AfterEach
  void nothing_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
    daemon.docker("network", "prune", "-f").ok();
    daemon.docker("network", "prune", "-f").ok();
    assertEquals(
        "bridge host none",
        daemon.docker("network", "ls", "--format", "{{.Name}}").ok().replace('\n', ' '));
    assertFalse(host("ip", "-br", "link").contains("br-"));
    assertFalse(host("nft", "list", "table", "inet", "argosy").contains("br-"));
  }

  @Test
  void the_default_bridge_is_as_the_options_say() {
    run("web", busybox, "sleep", "1000");
    String addresses = inside("web", "ip", "addr", "show", "eth0");
    assertTrue(addresses.contains("inet 10.91.0.2/24"), addresses);
    assertTrue(addresses.contains("inet6 fd00:91::2/64 scope global"), addresses);
    assertTrue(addresses.contains("mtu 1400"), addresses);
    inside("web", "ping", "-c1", "-W2", "fd00:91::1");
    assertEquals(
        "fd00:91::1 fd00:91::2 64",
        daemon
            .docker(
                "inspect",
                "-f",
                "{{range .NetworkSettings.Networks}}{{.IPv6Gateway}} {{.GlobalIPv6Address}}"
                    + " {{.GlobalIPv6PrefixLen}}{{end}}",
                "web")
            .ok());
  }

  @Test
  void a_network_of_both_families_is_used_at_once_and_leads_out() {
    daemon.docker("network", "create", "--ipv6", "six").ok();
    assertEquals(
        "10.90.0.0/24 fd00:90::/64 ",
        daemon
            .docker("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}} {{end}}", "six")
            .ok()
            .replace('\n', ' '));
    run("one", "--network", "six", busybox, "sleep", "1000");
    run("two", "--network", "six", "--ip6", "fd00:90::77", busybox, "sleep", "1000");
    inside("one", "ping", "-c1", "-W1", "fd00:90::77");
    host("ip", "-6", "addr", "add", "fd00:42::1/64", "dev", "eth0", "nodad");
    Shell.run(
            hosts.inside(
                2, List.of("ip", "-6", "addr", "add", "fd00:42::2/64", "dev", "eth0", "nodad")))
        .ok();
    inside("one", "ping", "-c1", "-W2", "fd00:42::2");
    String back =
        Shell.run(hosts.inside(2, List.of("ip", "-6", "route", "get", "fd00:90::77"))).out();
    assertFalse(back.contains("via"), "the neighbour has no way back but the host's address");
    assertEquals(
        "fd00:90::77/64",
        daemon
            .docker(
                "network",
                "inspect",
                "-f",
                "{{range .Containers}}{{if eq .Name \"two\"}}{{.IPv6Address}}{{end}}{{end}}",
                "six")
            .ok());
    refused("Address already in use", "run", "--network", "six", "--ip6", "fd00:90::77", busybox);
    refused(
        "does not belong to any of this network's subnets",
        "run",
        "--network",
        "six",
        "--ip6",
        "fd00:99::1",
        busybox);
  }

  @Test
  void a_network_without_ipv6_has_no_address_of_it_at_all() {
    daemon.docker("network", "create", "-o", DRIVER + "bridge.name=four0", "four").ok();
    run("plain", "--network", "four", busybox, "sleep", "1000");
    assertFalse(host("ip", "-6", "addr", "show", "dev", "four0").contains("inet6"));
    assertFalse(inside("plain", "ip", "-6", "addr", "show", "dev", "eth0").contains("inet6"));
    refused("have same bridge name", "network", "create", "-o", DRIVER + "bridge.name=four0", "x");
    refused("exists already", "network", "create", "-o", DRIVER + "bridge.name=eth0", "x");
  }

  @Test
  void families_come_and_go_with_the_networks_of_a_running_container() {
    daemon.docker("network", "create", "four").ok();
    Api.of(daemon)
        .post("/networks/create", "{\"Name\":\"six\",\"EnableIPv6\":true,\"EnableIPv4\":false}")
        .ok();
    run("web", "--network", "four", busybox, "sleep", "1000");
    daemon
        .docker(
            "network",
            "connect",
            "--driver-opt",
            DRIVER
                + "endpoint.ifname=wan0,"
                + DRIVER
                + "endpoint.sysctls=net.ipv4.conf.IFNAME.log_martians=1",
            "six",
            "web")
        .ok();
    assertTrue(inside("web", "ip", "-6", "route").contains("default via fd00:90::1 dev wan0"));
    assertTrue(inside("web", "ip", "route").contains("dev eth0"));
    daemon.docker("network", "disconnect", "six", "web").ok();
    assertFalse(inside("web", "ip", "-6", "route").contains("default"));
    assertTrue(inside("web", "ip", "route").contains("default via 10.90.0.1 dev eth0"));
  }

  @Test
  void further_addresses_and_hardware_addresses_are_as_asked() {
    daemon.docker("network", "create", "own").ok();
    run(
        "web",
        "--network",
        "own",
        "--mac-address",
        "02:11:22:33:44:55",
        "--link-local-ip",
        "169.254.9.9",
        busybox,
        "sleep",
        "1000");
    String addresses = inside("web", "ip", "addr", "show", "eth0");
    assertTrue(addresses.contains("02:11:22:33:44:55"), addresses);
    assertTrue(addresses.contains("inet 169.254.9.9/16"), addresses);
    daemon.docker("network", "create", "-o", DRIVER + "container_iface_prefix=net", "pre").ok();
    run("other", "--network", "pre", busybox, "sleep", "1000");
    assertTrue(inside("other", "ip", "route").contains("dev net0"));
  }

  @Test
  void a_network_with_several_subnets_fills_one_after_the_other_and_says_when_it_is_full() {
    daemon
        .docker("network", "create", "--subnet", "10.5.0.0/30", "--subnet", "10.5.1.0/30", "tiny")
        .ok();
    run("one", "--network", "tiny", busybox, "sleep", "1000");
    run("two", "--network", "tiny", busybox, "sleep", "1000");
    inside("one", "ping", "-c1", "-W2", address("two"));
    String id = daemon.docker("network", "inspect", "-f", "{{.Id}}", "tiny").ok();
    refused(
        "no available IPv4 addresses on this network's address pools: tiny (" + id + ")",
        "run",
        "--network",
        "tiny",
        busybox);
    daemon.docker("network", "create", "wide").ok();
    daemon.docker("create", "--name", "late", "--network", "wide", busybox, "sleep", "9").ok();
    daemon.docker("start", "late").ok();
    refused("no available IPv4 addresses", "network", "connect", "tiny", "late");
    daemon.docker("rm", "-f", "one").ok();
    daemon.docker("network", "connect", "tiny", "late").ok();
  }

  @Test
  void what_overlaps_or_lies_outside_is_refused() {
    daemon.docker("network", "create", "--subnet", "10.6.0.0/24", "a").ok();
    refused(
        "Pool overlaps with other one on this address space",
        "network",
        "create",
        "--subnet",
        "10.6.0.128/25",
        "b");
    daemon
        .docker(
            "network",
            "create",
            "--ip-range",
            "10.7.0.64/30",
            "--subnet",
            "10.7.0.0/24",
            "--gateway",
            "10.7.0.1",
            "--aux-address",
            "router=10.7.0.64",
            "c")
        .ok();
    run("web", "--network", "c", busybox, "sleep", "1000");
    assertEquals("10.7.0.65", address("web"));
  }

  @Test
  void settings_are_kept_in_a_network_nobody_can_be_in() {
    daemon.docker("network", "create", "--config-only", "--subnet", "10.8.0.0/24", "t").ok();
    daemon.docker("network", "create", "--config-from", "t", "n").ok();
    run("web", "--network", "n", busybox, "sleep", "1000");
    assertEquals("10.8.0.2", address("web"));
    refused("configuration network \"t\" is in use", "network", "rm", "t");
    refused("cannot create endpoint on configuration-only", "run", "--network", "t", busybox);
  }

  private void run(String name, String... arguments) {
    var all = new ArrayList<>(List.of("run", "-d", "--name", name));
    all.addAll(List.of(arguments));
    daemon.docker(all.toArray(String[]::new)).ok();
  }

  private String inside(String container, String... command) {
    var all = new ArrayList<>(List.of("exec", container));
    all.addAll(List.of(command));
    return daemon.docker(all.toArray(String[]::new)).ok();
  }

  private String address(String container) {
    return daemon
        .docker(
            "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container)
        .ok();
  }

  private String host(String... command) {
    return Shell.run(hosts.inside(1, List.of(command))).ok();
  }

  private void refused(String why, String... command) {
    var answer = daemon.docker(command);
    assertNotEquals(0, answer.code());
    assertTrue(answer.err().contains(why), answer.err());
  }
}
