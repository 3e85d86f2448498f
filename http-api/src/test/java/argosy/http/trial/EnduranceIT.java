package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Networks in the long run: nothing is left of what came and went, whoever dies in between. Counts
 * for a long run: {@code -Dtrial.connects=1000 -Dtrial.networks=500 -Dtrial.bridge=300
 * -Dtrial.kills=20 -Dtrial.seed=N}.
 */
class EnduranceIT extends OneHost {
  private static final int CONNECTS = Integer.getInteger("trial.connects", 100);
  private static final int NETWORKS = Integer.getInteger("trial.networks", 60);
  private static final int BRIDGE = Integer.getInteger("trial.bridge", 60);
  private static final int KILLS = Integer.getInteger("trial.kills", 3);
  private static final long SEED = Long.getLong("trial.seed", System.nanoTime());
  private static final int AT_ONCE = 8;

  /** Events are kept on purpose, up to a bound: some kilobytes for each. */
  private static final long BYTES_EACH = 8_000;

  private static final String LINK = "argo[0-9a-f]{11}";

  EnduranceIT() {
    super(43, "--default-address-pool", "base=10.92.0.0/16,size=20");
  }

  @AfterEach
  void nothing_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
    daemon.docker("network", "prune", "-f").ok();
    Shell.await("only the ready links are left", () -> links().size() <= ready());
    assertFalse(host("ip", "-br", "link").contains("br-"));
  }

  /** What of networks there is on the host, but for what is kept ready. */
  private record Picture(Set<String> links, String rules, String routes) {}

  private Picture picture() {
    var others =
        host("ip", "-o", "link")
            .lines()
            .map(line -> line.split(": ")[1].split("@")[0])
            .filter(name -> !name.matches(LINK))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Picture(
        others, host("nft", "list", "ruleset"), host("ip", "route").replace(" linkdown", ""));
  }

  @Test
  void connecting_and_disconnecting_leaves_nothing() {
    start("web");
    network("a", "");
    var before = picture();
    int linksBefore = links().size();
    var addresses = new HashSet<String>();
    new Gauge(daemon.pid())
        .outlasts(
            "connect and disconnect",
            CONNECTS,
            BYTES_EACH,
            _ -> {
              api().post("/networks/a/connect", "{\"Container\":\"web\"}").ok();
              addresses.add(api().get("/containers/web/json").json().at(address("a")).asText());
              api().post("/networks/a/disconnect", "{\"Container\":\"web\"}").ok();
            });
    assertEquals(1, addresses.size(), "who had it gets it again: " + addresses);
    assertEquals(before, picture());
    Shell.await("links as before", () -> links().size() == linksBefore);
    assertEquals(
        2,
        inside("web", "ip", "-o", "link").lines().filter(it -> !it.isBlank()).count(),
        "loopback and the first network");
  }

  @Test
  void networks_come_and_go() {
    var before = picture();
    new Gauge(daemon.pid())
        .outlasts(
            "a network made and removed",
            NETWORKS,
            BYTES_EACH,
            n -> {
              String id = network("n" + n % 7, ",\"EnableIPv6\":true");
              assertTrue(host("ip", "link").contains("br-" + id.substring(0, 12)));
              assertEquals(204, api().delete("/networks/" + id).status());
            });
    assertEquals(before, picture());
  }

  /** Where it dies is left to chance; what must hold afterwards is not. */
  @Test
  void a_daemon_that_dies_in_between_leaves_nothing_and_gives_nothing_twice() throws Exception {
    var chance = new Random(SEED);
    System.out.println("seed: -Dtrial.seed=" + SEED);
    network("a", ",\"EnableIPv6\":true");
    IntStream.range(0, 3).forEach(n -> start("stays" + n));
    for (int round = 0; round < KILLS; round++) {
      dieWhile(chance, this::churn);
      daemon.start();
      holds();
    }
  }

  private interface Churn {
    /** Goes on until the daemon is gone. */
    void until(CountDownLatch dead, Random chance);
  }

  private void dieWhile(Random chance, Churn churn) throws InterruptedException {
    var dead = new CountDownLatch(1);
    var seeds = new Random(chance.nextLong());
    var workers =
        IntStream.range(0, 4)
            .mapToObj(_ -> new Random(seeds.nextLong()))
            .map(own -> Thread.ofPlatform().start(() -> churn.until(dead, own)))
            .toList();
    assertFalse(dead.await(200 + chance.nextInt(1500), java.util.concurrent.TimeUnit.MILLISECONDS));
    daemon.kill();
    dead.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
  }

  private void churn(CountDownLatch dead, Random chance) {
    while (dead.getCount() > 0) {
      String name = "c" + chance.nextInt(8);
      switch (chance.nextInt(6)) {
        case 0 -> api().call("POST", "/containers/create?name=" + name, body("a"));
        case 1 -> api().call("POST", "/containers/" + name + "/start", "");
        case 2 -> api().call("DELETE", "/containers/" + name + "?force=true", "");
        case 3 -> api().call("POST", "/networks/a/connect", "{\"Container\":\"stays0\"}");
        case 4 -> api().call("POST", "/networks/a/disconnect", "{\"Container\":\"stays0\"}");
        default -> {
          api().call("POST", "/networks/create", "{\"Name\":\"" + name + "\"}");
          api().call("DELETE", "/networks/" + name, "");
        }
      }
    }
  }

  private void holds() {
    var addresses = new HashSet<String>();
    int wired = 0;
    var files = new HashSet<String>();
    for (var row : api().get("/containers/json").json()) {
      var shown = api().get("/containers/" + row.path("Id").asText() + "/json").json();
      files.add(Path.of(shown.at("/NetworkSettings/SandboxKey").asText()).getFileName().toString());
      for (var network : shown.at("/NetworkSettings/Networks")) {
        wired++;
        String id = network.path("NetworkID").asText();
        assertTrue(addresses.add(id + network.path("IPAddress").asText()), "given twice: " + shown);
        String six = network.path("GlobalIPv6Address").asText();
        assertTrue(six.isEmpty() || addresses.add(id + six), "given twice: " + shown);
        String real = inside(row.path("Id").asText(), "ip", "addr");
        assertTrue(real.contains("inet " + network.path("IPAddress").asText() + "/"), real);
      }
    }
    int all = wired;
    Shell.await("no link but theirs", () -> links().size() <= all + ready());
    var left = new HashSet<>(namespaces());
    left.removeAll(files);
    assertTrue(left.size() <= 4, "namespaces of nobody: " + left);
    var bridges = new TreeSet<String>();
    api()
        .get("/networks")
        .json()
        .forEach(network -> {
          if (network.path("Driver").asText().equals("bridge")
              && !network.path("Name").asText().equals("bridge")) {
            bridges.add("br-" + network.path("Id").asText().substring(0, 12));
          }
        });
    assertEquals(bridges, bridges());
    inside("stays1", "ping", "-c1", "-W2", own("stays2"));
  }

  private String own(String container) {
    var shown = api().get("/containers/" + container + "/json").json();
    String own = shown.at(address("bridge")).asText();
    assertFalse(own.isEmpty(), () -> container + " has no address: " + shown);
    return own;
  }

  @Test
  void a_crowd_on_one_bridge_is_reachable_and_named() throws InterruptedException {
    network("crowd", "");
    var workers = new ArrayList<Thread>();
    for (int worker = 0; worker < AT_ONCE; worker++) {
      int first = worker;
      workers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int n = first; n < BRIDGE; n += AT_ONCE) {
                  api().post("/containers/create?name=w" + n, body("crowd")).ok();
                  api().post("/containers/w" + n + "/start", "").ok();
                }
              }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    var members = api().get("/networks/crowd").json().path("Containers");
    assertEquals(BRIDGE, members.size());
    var addresses = new HashSet<String>();
    members.forEach(member -> addresses.add(member.path("IPv4Address").asText()));
    assertEquals(BRIDGE, addresses.size());
    String all =
        "for n in $(seq 0 %d); do ping -c1 -W2 w$n >/dev/null || echo w$n; done"
            .formatted(BRIDGE - 1);
    assertEquals("", inside("w0", "sh", "-c", all), "not reached by their names");
  }

  @Test
  void anothers_packet_filter_is_left_alone_and_can_forbid() {
    nft("add table inet guard");
    nft("add chain inet guard f { type filter hook forward priority 0; policy drop; }");
    nft("add rule inet guard f ct state established accept");
    String before = host("nft", "list", "table", "inet", "guard");
    start("web");
    String neighbour = hosts.address(2);
    assertNotEquals(
        0, daemon.docker("exec", "web", "ping", "-c1", "-W1", neighbour).code(), "it forbids");
    network("a", "");
    daemon.kill();
    daemon.start();
    assertEquals(before, host("nft", "list", "table", "inet", "guard"));
    nft("insert rule inet guard f iifname argosy0 accept");
    inside("web", "ping", "-c1", "-W2", neighbour);
    nft("delete table inet guard");
  }

  private Api api() {
    return Api.of(daemon);
  }

  private void nft(String command) {
    host("nft", command);
  }

  private String network(String name, String more) {
    return api()
        .post("/networks/create", "{\"Name\":\"" + name + "\"" + more + "}")
        .ok()
        .json()
        .path("Id")
        .asText();
  }

  private void start(String name) {
    api().post("/containers/create?name=" + name, body("default")).ok();
    api().post("/containers/" + name + "/start", "").ok();
  }

  private String body(String network) {
    return """
    {"Image": "%s", "Cmd": ["sleep", "100000"], "StopSignal": "KILL",
     "HostConfig": {"NetworkMode": "%s"}}
    """
        .formatted(busybox, network);
  }

  private static String address(String network) {
    return "/NetworkSettings/Networks/" + network + "/IPAddress";
  }

  private String inside(String container, String... command) {
    var all = new ArrayList<>(List.of("exec", container));
    all.addAll(List.of(command));
    return daemon.docker(all.toArray(String[]::new)).ok();
  }

  private String host(String... command) {
    return Shell.run(hosts.inside(1, List.of(command))).ok();
  }

  private Set<String> links() {
    return host("ip", "-o", "link")
        .lines()
        .map(line -> line.split(": ")[1].split("@")[0])
        .filter(name -> name.matches(LINK))
        .collect(Collectors.toSet());
  }

  private Set<String> bridges() {
    return host("ip", "-o", "link", "show", "type", "bridge")
        .lines()
        .map(line -> line.split(": ")[1].split("@")[0])
        .filter(name -> name.startsWith("br-"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> namespaces() {
    var files = directory.resolve("n1/run/netns").toFile().list();
    return files == null ? Set.of() : Set.of(files);
  }

  /** How many links at most are kept ready for the next containers. */
  private static int ready() {
    return 4;
  }
}
