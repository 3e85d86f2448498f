package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks and their names with the stock docker CLI. */
class NetworksIT extends OneHost {
  NetworksIT() {
    super(31);
  }

  @AfterEach
  void nothing_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
    daemon.docker("network", "prune", "-f").ok();
    assertEquals("bridge host none", names());
  }

  @Test
  void a_running_container_enters_and_leaves_networks() {
    daemon.docker("network", "create", "a").ok();
    daemon.docker("network", "create", "--subnet", "10.77.0.0/24", "b").ok();
    run("web", "-p", "8091:80", "--network", "a", busybox, "httpd", "-f", "-p", "80", "-h", "/");
    daemon.docker("network", "connect", "--ip", "10.77.0.9", "--alias", "other", "b", "web").ok();
    assertEquals(
        "172.18.0.2 10.77.0.9 ",
        daemon
            .docker(
                "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", "web")
            .ok());
    assertTrue(inside("web", "ip", "route").contains("default via 172.18.0.1 dev eth0"));
    assertTrue(inside("web", "cat", "/etc/hosts").contains("10.77.0.9"));
    assertTrue(daemon.docker("network", "rm", "b").err().contains("has active endpoints"));
    assertEquals(
        "Error response from daemon: endpoint with name web already exists in network b",
        daemon.docker("network", "connect", "b", "web").err());

    daemon.docker("network", "disconnect", "a", "web").ok();
    assertTrue(inside("web", "ip", "route").contains("default via 10.77.0.1 dev eth1"));
    assertFalse(inside("web", "cat", "/etc/hosts").contains("172.18.0.2"));
    var get = hosts.inside(0, List.of("curl", "-sS", "http://" + hosts.address(1) + ":8091/"));
    Shell.await("the port leads to the other network", () -> Shell.run(get).code() == 0);
    assertEquals("web b", daemon.docker("ps", "--format", "{{.Names}} {{.Networks}}").ok());

    daemon.docker("restart", "-t", "0", "web").ok();
    assertEquals("web b", daemon.docker("ps", "--format", "{{.Names}} {{.Networks}}").ok());
    assertTrue(inside("web", "ip", "addr").contains("10.77.0.9/24"));
    assertTrue(
        daemon
            .docker("network", "inspect", "b", "-f", "{{range .Containers}}{{.Name}}{{end}}")
            .ok()
            .equals("web"));
  }

  @Test
  void a_stopped_container_is_connected_when_it_starts() {
    daemon.docker("network", "create", "a").ok();
    daemon.docker("create", "--name", "later", busybox, "sleep", "1000").ok();
    daemon.docker("network", "connect", "--alias", "x", "a", "later").ok();
    daemon.docker("network", "disconnect", "bridge", "later").ok();
    daemon.docker("start", "later").ok();
    assertEquals("later a", daemon.docker("ps", "--format", "{{.Names}} {{.Networks}}").ok());
    assertTrue(ask("later", "x").contains("172.18.0.2"));
    assertNotEquals(0, daemon.docker("network", "connect", "host", "later").code());
    assertNotEquals(0, daemon.docker("network", "connect", "none", "later").code());
    assertNotEquals(0, daemon.docker("network", "connect", "nope", "later").code());
  }

  @Test
  void names_are_known_in_their_network_and_right_at_once() {
    daemon.docker("network", "create", "a").ok();
    daemon.docker("network", "create", "--internal", "b").ok();
    run("one", "--network", "a", busybox, "sleep", "1000");
    run("two", "--network", "a", "--network-alias", "many", busybox, "sleep", "1000");
    run("three", "--network", "a", "--network-alias", "many", busybox, "sleep", "1000");
    run("far", "--network", "b", busybox, "sleep", "1000");
    assertEquals(
        "nameserver 127.0.0.11",
        inside("one", "cat", "/etc/resolv.conf").lines().findFirst().get());
    assertTrue(ask("one", "two").contains("172.18.0.3"));
    assertTrue(ask("one", "two.a").contains("172.18.0.3"));
    String many = ask("one", "many");
    assertTrue(many.contains("172.18.0.3") && many.contains("172.18.0.4"), many);
    assertTrue(ask("one", "172.18.0.3").contains("two.a"));
    assertEquals("", ask("far", "one"));

    daemon.docker("network", "connect", "b", "one").ok();
    assertTrue(ask("far", "one").contains("172.19.0.3"));
    daemon.docker("rename", "one", "uno").ok();
    assertTrue(ask("far", "uno").contains("172.19.0.3"));
    assertEquals("", ask("far", "one"));
    daemon.docker("stop", "-t", "0", "uno").ok();
    assertEquals("", ask("far", "uno"));
    daemon.docker("start", "uno").ok();
    assertFalse(ask("far", "uno").isEmpty());

    daemon.kill();
    daemon.start();
    assertFalse(ask("far", "uno").isEmpty(), "after the daemon's death");
    assertTrue(ask("uno", "many").contains("172.18.0.3"));
  }

  @Test
  void a_link_is_another_name_on_any_network() {
    run("db", busybox, "sleep", "1000");
    run("app", "--link", "db:database", busybox, "sleep", "1000");
    String address = daemon.docker("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "db").ok();
    assertTrue(inside("app", "cat", "/etc/hosts").contains(address + "\tdatabase"));
    daemon.docker("network", "create", "a").ok();
    run("db2", "--network", "a", busybox, "sleep", "1000");
    run("app2", "--network", "a", "--link", "db2:database", busybox, "sleep", "1000");
    assertTrue(ask("app2", "database").contains("172.18.0.2"));
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

  /** What the name or address means to a container, "" when nothing. */
  private String ask(String container, String name) {
    // no server but ours is there to say that a name is unknown: the answer is waited for 5 s
    var asked = daemon.docker("exec", container, "timeout", "2", "nslookup", name);
    return asked.code() == 0 ? asked.out() : "";
  }

  private String names() {
    return daemon.docker("network", "ls", "--format", "{{.Name}}").ok().replace('\n', ' ');
  }
}
