package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Published ports in all their forms, from every side, with the stock docker CLI. */
class PublishIT extends OneHost {
  PublishIT() {
    super(45);
  }

  @AfterEach
  void nothing_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
    daemon.docker("network", "prune", "-f").ok();
    assertFalse(nft().contains("elements"), nft());
    assertEquals("", listening());
  }

  @Test
  void ranges_random_ports_and_all_exposed_ones() {
    run("one", "-p", "8000-8001:80-81", "-p", "53:53/udp", "-p", "127.0.0.1:90:80");
    assertEquals(
        """
        53/udp -> 0.0.0.0:53
        80/tcp -> 0.0.0.0:8000
        80/tcp -> 127.0.0.1:90
        81/tcp -> 0.0.0.0:8001\
        """,
        daemon.ports("one"));
    run("two", "-p", "8000-8005:80");
    assertEquals("0.0.0.0:8002", daemon.docker("port", "two", "80").ok());
    run("three", "--expose", "70-71", "-P");
    var random = daemon.docker("port", "three").ok().lines().map(PublishIT::hostPort).toList();
    assertEquals(2, random.size());
    assertTrue(random.stream().allMatch(port -> port >= 32768 && port <= 60999), random.toString());
    daemon.docker("restart", "-t", "0", "three").ok();
    var others = daemon.docker("port", "three").ok().lines().map(PublishIT::hostPort).toList();
    assertNotEquals(random, others);
  }

  private static int hostPort(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  @Test
  void a_port_that_somebody_has_is_refused_before_the_start_and_the_others_are_given_back() {
    run("one", "-p", "8080:80");
    var taken = refused("two", "-p", "7070:80", "-p", "8080:80");
    assertTrue(
        taken.matches(
            "(?s).*: failed to set up container networking: driver failed programming external"
                + " connectivity on endpoint two \\([0-9a-f]{64}\\): Bind for 0.0.0.0:8080 failed:"
                + " port is already allocated.*"),
        taken);
    assertEquals("created", daemon.docker("inspect", "-f", "{{.State.Status}}", "two").ok());
    run("three", "-p", "7070:80");

    var stranger = Shell.run(inHost("sh", "-c", "busybox nc -l -p 6060 >/dev/null 2>&1 & echo $!"));
    try {
      Shell.await("a stranger listens", () -> listening().contains(":6060"));
      String text = refused("four", "-p", "6060:80");
      assertTrue(text.contains("failed to bind host port for 0.0.0.0:6060:172.17.0."), text);
      assertTrue(text.contains(":80/tcp: address already in use"), text);
      run("five", "-p", "6060-6061:80");
      assertEquals("0.0.0.0:6061", daemon.docker("port", "five", "80").ok());
    } finally {
      Shell.run(List.of("kill", stranger.ok().strip())).ok();
    }
    Shell.await("the stranger is gone", () -> !listening().contains(":6060"));

    assertTrue(listening().contains("0.0.0.0:8080"), "others see that it is taken");
    daemon.kill();
    daemon.start();
    assertTrue(listening().contains("0.0.0.0:8080"), "it is held again");
    daemon.docker("kill", "one", "three").ok();
    daemon.docker("start", "two").ok();
    assertEquals("8080", refusedPort(refused("six", "-p", "127.0.0.1:8080:80")));
  }

  private static String refusedPort(String text) {
    return text.replaceFirst("(?s).*Bind for 127.0.0.1:(\\d+) failed.*", "$1");
  }

  @Test
  void addresses_that_are_not_there_and_protocols_the_kernel_has_not_are_told() {
    String text = refused("one", "-p", "10.9.8.7:80:80");
    assertTrue(
        text.matches(
            "(?s).* for 10\\.9\\.8\\.7:80:172\\.17\\.0\\.\\d+:80/tcp: cannot assign requested.*"),
        text);
    String six = refused("two", "-p", "[fd99::1]:8080:80");
    assertTrue(six.contains("the container has no IPv6 address in network bridge"), six);
    String loopback = refused("four", "-p", "[::1]:8080:80");
    assertTrue(loopback.contains("use 127.0.0.1 or another address of the host"), loopback);
    boolean sctp = Shell.run(inHost("test", "-e", "/proc/net/sctp")).code() == 0;
    if (!sctp) {
      String none = refused("three", "-p", "9:9/sctp");
      assertTrue(none.contains("this kernel has no SCTP, so port 9/sctp can not be published"));
    }
  }

  @Test
  void a_container_with_both_families_is_published_in_both() {
    daemon.docker("network", "create", "--ipv6", "both").ok();
    String there = "fd99:45::1";
    Shell.run(inHost("ip", "addr", "add", there + "/64", "dev", "eth0", "nodad")).ok();
    Shell.run(
            hosts.inside(0, List.of("ip", "addr", "add", "fd99:45::9/64", "dev", "eth0", "nodad")))
        .ok();
    web("web", "--network", "both", "-p", "8080:80", "-p", "[" + there + "]:8081:80", "-p", "90");
    assertEquals(
        "80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n80/tcp -> [" + there + "]:8081",
        daemon.ports("web").replaceAll("\n?90/tcp.*", ""));
    var random = daemon.docker("port", "web", "90").ok().lines().map(PublishIT::hostPort).toList();
    assertEquals(random.get(0), random.get(1));
    for (int port : List.of(8080, 8081)) {
      var get = curl("[" + there + "]", port);
      assertEquals("fd99:45::9", Shell.run(hosts.inside(0, get)).ok(), "the client's own address");
      assertEquals(0, Shell.run(inHost(get)).code());
      assertEquals(0, wget("web", "[" + there + "]:" + port + "/cgi-bin/index.cgi"), "hairpin");
    }
    assertEquals(0, Shell.run(inHost(curl("localhost", 8080))).code(), "refused on ::1 at once");
    assertEquals(7, Shell.run(inHost(curl("[::1]", 8080))).code());
    run("names", "--network", "both", "-p", "5353:53/udp");
    var datagram = Shell.run(inHost("sh", "-c", "echo x | socat -t2 - UDP6:[::1]:5353"));
    assertTrue(datagram.err().contains("Connection refused"), datagram.err());
    assertTrue(listening().contains(":5353"), "and the port is held");
    String container =
        daemon
            .docker("inspect", "-f", "{{.NetworkSettings.Networks.both.GlobalIPv6Address}}", "web")
            .ok();
    Shell.run(hosts.inside(0, List.of("ip", "route", "add", container, "via", there))).ok();
    assertNotEquals(0, Shell.run(hosts.inside(0, curl("[" + container + "]", 80))).code());
    String taken = refused("two", "--network", "both", "-p", "[::]:8080:80");
    assertTrue(taken.contains("Bind for [::]:8080 failed: port is already allocated"), taken);
  }

  @Test
  void a_firewall_of_ones_own_keeps_its_word() {
    web("web", "-p", "8080:80");
    var get = hosts.inside(0, curl(hosts.address(1), 8080));
    firewall("type filter hook forward priority 0; policy drop;");
    assertEquals(28, Shell.run(get).code(), "what it drops stays dropped");
    firewall(
        "type filter hook forward priority 0; policy drop;"
            + " ct state established,related accept; ct status dnat accept;"
            + " iifname argosy0 accept;");
    assertEquals(hosts.address(0), Shell.run(get).ok());
    firewall(
        "type filter hook forward priority 0; meta l4proto tcp ct original proto-dst 8080"
            + " ip saddr != 10.9.0.0/16 drop;");
    assertEquals(28, Shell.run(get).code());
    Shell.run(inHost("nft", "delete", "table", "inet", "mine")).ok();
    assertEquals(hosts.address(0), Shell.run(get).ok());
  }

  private void firewall(String rules) {
    String table = "table inet mine { chain forward { " + rules + "\n}\n}\n";
    Shell.run(inHost("nft", "add table inet mine; delete table inet mine")).ok();
    Shell.run(inHost("nft", table)).ok();
  }

  @Test
  void every_side_reaches_it_and_neighbours_see_nothing_else() {
    daemon.docker("network", "create", "other").ok();
    web("web", "-p", "8080:80", "-p", "127.0.0.1:8081:81");
    web("beside");
    web("far", "--network", "other");
    String host = hosts.address(1);

    assertEquals(hosts.address(0), Shell.run(hosts.inside(0, curl(host, 8080))).ok());
    assertEquals("172.17.0.1", Shell.run(inHost(curl("127.0.0.1", 8080))).ok());
    assertEquals(0, Shell.run(inHost(curl("127.0.0.1", 8081))).code());
    for (String name : List.of("web", "beside", "far")) {
      for (String at : List.of(host, "172.17.0.1")) {
        assertEquals(
            0,
            daemon.docker("exec", name, "wget", "-qO-", at + ":8080/cgi-bin/index.cgi").code(),
            name);
      }
    }
    assertNotEquals(0, wget("far", "172.17.0.2:80"), "networks are apart");
    assertNotEquals(0, wget("beside", host + ":8081"), "127.0.0.1 is the host's alone");

    // a neighbour that leads everything our way, and a kernel that would take it
    Shell.run(inHost("sysctl", "-qw", "net.ipv4.conf.all.route_localnet=1")).ok();
    for (String way : List.of("127.9.0.0/16", "172.17.0.0/16")) {
      Shell.run(hosts.inside(0, List.of("ip", "route", "add", way, "via", host))).ok();
    }
    Shell.run(hosts.inside(0, List.of("sysctl", "-qw", "net.ipv4.conf.all.route_localnet=1"))).ok();
    Shell.run(
            hosts.inside(
                0, List.of("ip", "route", "del", "local", "127.0.0.0/8", "table", "local")))
        .ok();
    Shell.run(hosts.inside(0, List.of("ip", "route", "add", "127.0.0.1/32", "via", host))).ok();
    try {
      for (String there :
          List.of("127.0.0.1:8081", "127.0.0.1:8080", "172.17.0.2:81", "172.17.0.2:80")) {
        int colon = there.indexOf(':');
        var get = curl(there.substring(0, colon), Integer.parseInt(there.substring(colon + 1)));
        assertNotEquals(0, Shell.run(hosts.inside(0, get)).code(), there);
      }
    } finally {
      Shell.run(hosts.inside(0, List.of("ip", "route", "del", "127.0.0.1/32"))).ok();
      Shell.run(
              hosts.inside(
                  0,
                  List.of(
                      "ip", "route", "add", "local", "127.0.0.0/8", "dev", "lo", "table", "local")))
          .ok();
    }
    assertEquals(hosts.address(0), Shell.run(hosts.inside(0, curl(host, 8080))).ok());
  }

  private int wget(String name, String there) {
    return daemon.docker("exec", name, "timeout", "3", "wget", "-qO-", there).code();
  }

  /** It answers with its client's address, on two ports. */
  private void web(String name, String... options) {
    var all = new ArrayList<>(List.of(options));
    all.add(busybox);
    all.addAll(
        List.of(
            "sh",
            "-c",
            "mkdir -p /w/cgi-bin; printf '#!/bin/sh\\necho; a=${REMOTE_ADDR#[}; a=${a#::ffff:}; echo ${a%%]}\\n' >/w/cgi-bin/index.cgi;"
                + " busybox chmod +x /w/cgi-bin/index.cgi; httpd -p 81 -h /w; exec httpd -f -p 80 -h /w"));
    start(name, all);
    Shell.await("it serves", () -> wget(name, "127.0.0.1:80/cgi-bin/index.cgi") == 0);
  }

  private void run(String name, String... options) {
    var all = new ArrayList<>(List.of(options));
    all.addAll(List.of(busybox, "sleep", "1000"));
    start(name, all);
  }

  private void start(String name, List<String> rest) {
    var all = new ArrayList<>(List.of("run", "-d", "--name", name));
    all.addAll(rest);
    daemon.docker(all.toArray(String[]::new)).ok();
  }

  private String refused(String name, String... options) {
    var all = new ArrayList<>(List.of("run", "-d", "--name", name));
    all.addAll(List.of(options));
    all.addAll(List.of(busybox, "sleep", "1000"));
    var result = daemon.docker(all.toArray(String[]::new));
    assertEquals(125, result.code(), result.out());
    return result.err();
  }

  private List<String> inHost(String... command) {
    return inHost(List.of(command));
  }

  private List<String> inHost(List<String> command) {
    return hosts.inside(1, command);
  }

  private String nft() {
    return Shell.run(inHost("nft", "list", "table", "inet", "argosy")).ok();
  }

  /** Sockets that listen on the host, the daemon's own aside. */
  private String listening() {
    return String.join(
        "\n",
        Shell.run(inHost("ss", "-Hlntu"))
            .ok()
            .lines()
            .filter(it -> !it.contains(":2375"))
            .toList());
  }

  private static List<String> curl(String address, int port) {
    return List.of(
        "curl", "-sS", "-m", "2", "http://" + address + ":" + port + "/cgi-bin/index.cgi");
  }
}
