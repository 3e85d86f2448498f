package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts: any daemon answers for all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
  @TempDir static Path directory;

  private Hosts hosts;
  private Registry registry;
  private List<Daemon> daemons;
  private String busybox;

  @BeforeAll
  void up() {
    hosts = new Hosts(13, 3);
    registry = new Registry(hosts, directory.resolve("registry"));
    busybox = registry.busybox();
    daemons = List.of(member(1), member(2), member(3));
    allSee(3);
    first().dockerAt(first().clusterSocket(), null, "pull", busybox).ok();
  }

  @AfterEach
  void no_container_is_left() {
    for (var daemon : daemons) {
      daemon
          .docker("ps", "-aq")
          .ok()
          .lines()
          .filter(it -> !it.isBlank())
          .forEach(id -> daemon.docker("rm", "-f", id).ok());
    }
  }

  @AfterAll
  void down() {
    daemons.forEach(Daemon::close);
    registry.close();
    hosts.close();
  }

  @Test
  void a_remote_host_is_reached_by_its_name_through_any_daemon() {
    String n2 = first().tcp() + "/node/n2";
    first()
        .dockerFromHub(
            n2, "run", "-d", "--name", "far", busybox, "sh", "-c", "echo hello; exec sleep 1000")
        .ok();
    assertEquals("far", daemons.get(1).docker("ps", "--format", "{{.Names}}").ok());
    assertEquals("", first().docker("ps", "-q").ok());
    assertEquals("hello", first().dockerFromHub(n2, "logs", "far").ok());
    assertEquals("inside", first().dockerFromHub(n2, "exec", "far", "echo", "inside").ok());
    var run =
        first().dockerFromHub(n2, "run", "--rm", busybox, "sh", "-c", "echo o; echo e >&2; exit 5");
    assertEquals(new Shell.Result(5, "o", "e"), run);
    assertEquals("far", first().dockerFromHub(n2, "stop", "-t", "0", "far").ok());
  }

  @Test
  void a_pull_reaches_every_node_so_that_containers_spread() {
    var pull = cluster(0, "pull", busybox);
    for (var daemon : daemons) {
      assertTrue(pull.ok().contains(daemon.name() + ": "), pull.out());
      daemon.docker("image", "inspect", busybox).ok();
    }
    for (var name : List.of("xx", "yy", "zz")) {
      cluster(0, "run", "-d", "--name", name, busybox, "sleep", "1000").ok();
    }
    for (var daemon : daemons) {
      assertEquals(1, daemon.docker("ps", "-q").ok().lines().count(), daemon.name());
    }
    var nowhere = cluster(0, "pull", registry.address() + "/nowhere");
    assertEquals(1, nowhere.code(), nowhere.out());
  }

  @Test
  void the_cluster_is_one_engine() {
    cluster(0, "run", "-d", "--name", "aa", busybox, "sh", "-c", "echo from a; exec sleep 1000")
        .ok();
    cluster(1, "run", "-d", "--name", "bb", busybox, "sleep", "1000").ok();
    cluster(2, "run", "-d", "--name", "cc", busybox, "sleep", "1000").ok();
    for (int i = 0; i < 3; i++) {
      assertEquals(
          List.of("aa", "bb", "cc"),
          cluster(i, "ps", "--format", "{{.Names}}").ok().lines().sorted().toList());
      assertEquals("from a", cluster(i, "logs", "aa").ok());
      assertEquals("hi", cluster(i, "exec", "bb", "echo", "hi").ok());
      assertTrue(cluster(i, "inspect", "-f", "{{.State.Status}}", "cc").ok().equals("running"));
    }
    assertTrue(
        cluster(0, "ps", "--format", "{{.Label \"io.argosy.node\"}}")
                .ok()
                .lines()
                .distinct()
                .count()
            > 1,
        "three containers on three idle hosts are not all on one");
    var clash = cluster(1, "run", "-d", "--name", "aa", busybox, "sleep", "1");
    assertTrue(clash.err().contains("is already in use"), clash.err());
    var result = cluster(2, "run", "--rm", "-i", busybox, "sh", "-c", "echo out; exit 6");
    assertEquals(new Shell.Result(6, "out", ""), result);
    cluster(0, "rm", "-f", "aa", "bb", "cc").ok();
    assertEquals("", cluster(1, "ps", "-aq").ok());
  }

  @Test
  void a_killed_daemon_loses_no_container_and_the_others_go_on() {
    var second = daemons.get(1);
    second
        .docker(
            "run",
            "-d",
            "--name",
            "survivor",
            busybox,
            "sh",
            "-c",
            "i=0; while :; do i=$((i+1)); echo $i; sleep 0.1; done")
        .ok();
    String pid = second.docker("inspect", "-f", "{{.State.Pid}}", "survivor").ok();
    second.kill();
    assertTrue(ProcessHandle.of(Long.parseLong(pid)).isPresent(), "the container runs on");
    Shell.await("n2 is seen as gone", () -> reachable(0).size() == 2);
    assertEquals(0, cluster(0, "ps", "-q").code());
    second.start();
    assertEquals(pid, second.docker("inspect", "-f", "{{.State.Pid}}", "survivor").ok());
    allSee(3);
    assertTrue(cluster(2, "logs", "survivor").ok().startsWith("1\n2\n3\n"));
    assertEquals("survivor", cluster(0, "rm", "-f", "survivor").ok());
  }

  private Shell.Result cluster(int through, String... arguments) {
    var daemon = daemons.get(through);
    return daemon.dockerAt(daemon.clusterSocket(), null, arguments);
  }

  private Daemon first() {
    return daemons.getFirst();
  }

  private Daemon member(int host) {
    String listen = hosts.address(host) + ":7946";
    String join = host == 1 ? "" : hosts.address(1) + ":7946";
    var options =
        new java.util.ArrayList<>(
            List.of(
                "--insecure-registry",
                registry.address(),
                "--cluster-listen",
                listen,
                "--cluster-insecure"));
    if (!join.isEmpty()) {
      options.addAll(List.of("--join", join));
    }
    return new Daemon(hosts, host, directory.resolve("n" + host), options.toArray(String[]::new));
  }

  private void allSee(int count) {
    for (int i = 0; i < daemons.size(); i++) {
      int through = i;
      Shell.await(
          "n" + (i + 1) + " sees " + count + " nodes", () -> reachable(through).size() == count);
    }
  }

  /** Names of the nodes that are up, as one daemon sees them. */
  private List<String> reachable(int through) {
    var answer =
        Shell.run(
            List.of(
                "curl",
                "-s",
                "--unix-socket",
                daemons.get(through).socket().substring("unix://".length()),
                "http://d/argosy/nodes"));
    return Shell.run(
            List.of("jq", "-r", ".[] | select(.Status | ascii_downcase == \"up\") | .Name"),
            answer.ok())
        .out()
        .lines()
        .filter(it -> !it.isBlank())
        .toList();
  }
}
