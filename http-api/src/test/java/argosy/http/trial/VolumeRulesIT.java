package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who holds volumes, and which of them are listed and pruned: each answer is a real dockerd's. */
class VolumeRulesIT extends OneHost {
  VolumeRulesIT() {
    super(16);
  }

  @AfterEach
  void nothing_is_left() {
    ids("ps", "-aq").forEach(id -> daemon.docker("rm", "-f", "-v", id).ok());
    ids("volume", "ls", "-q").forEach(name -> daemon.docker("volume", "rm", name).ok());
  }

  private List<String> ids(String... list) {
    return daemon.docker(list).ok().lines().filter(line -> !line.isBlank()).toList();
  }

  private void run(String name, String... arguments) {
    var all = Stream.concat(Stream.of("run", "--name", name), Stream.of(arguments));
    daemon.docker(all.toArray(String[]::new)).ok();
  }

  private String mounts(String container) {
    String row = "{{range .Mounts}}{{.Destination}} {{.Name}} {{.RW}},{{end}}";
    String all = daemon.docker("inspect", "-f", row, container).ok();
    return String.join(",", Stream.of(all.split(",")).sorted().toList());
  }

  private String refused(String... arguments) {
    var result = daemon.docker(arguments);
    assertNotEquals(0, result.code(), result.out());
    return result.err().lines().findFirst().orElse("");
  }

  @Test
  void volumes_of_other_containers_running_or_not_come_along_and_are_held() {
    run("src", "-v", "named:/n", "-v", "/anon", "--tmpfs", "/t", busybox, "touch", "/n/here");
    run("src2", "-v", "other:/n", busybox, "true");
    String anonymous =
        ids("volume", "ls", "-q", "-f", "name=^[0-9a-f]{64}$").stream().findFirst().orElseThrow();
    run("reader", "--volumes-from", "src:ro", busybox, "test", "-f", "/n/here");
    assertEquals("/anon " + anonymous + " false,/n named false", mounts("reader"));
    run("both", "--volumes-from", "src", "--volumes-from", "src2", busybox, "true");
    assertEquals("/anon " + anonymous + " true,/n other true", mounts("both"));
    run("own", "--volumes-from", "src", "-v", "mine:/n", busybox, "true");
    assertEquals("/anon " + anonymous + " true,/n mine true", mounts("own"));
    assertTrue(
        refused("run", "--volumes-from", "nope", busybox).endsWith("No such container: nope"));
    assertTrue(refused("run", "--volumes-from", "src:odd", busybox).endsWith("invalid mode: odd"));

    daemon.docker("rm", "-v", "src").ok();
    String reader = daemon.docker("inspect", "-f", "{{.Id}}", "reader").ok();
    String inUse = "Error response from daemon: remove named: volume is in use - [%s]";
    assertEquals(inUse.formatted(reader), refused("volume", "rm", "named"));
    assertEquals(inUse.formatted(reader), refused("volume", "rm", "-f", "named"));
    assertTrue(ids("volume", "ls", "-q").contains(anonymous));
    assertTrue(row("system", "df", "-v").contains(anonymous + " 3"), row("system", "df", "-v"));
    daemon.docker("rm", "-v", "reader", "both", "own").ok();
    assertEquals(List.of("mine", "named", "other"), ids("volume", "ls", "-q"));
  }

  private String row(String... command) {
    return daemon.docker(command).ok().replaceAll(" +", " ");
  }

  @Test
  void filters_choose_what_is_listed_and_pruned() {
    daemon.docker("volume", "create", "--label", "a=1", "--label", "b=2", "v1").ok();
    daemon.docker("volume", "create", "--label", "a=2", "v2").ok();
    daemon.docker("volume", "create", "plain").ok();
    run("user", "-v", "held:/h", "-v", "/anon", busybox, "true");
    assertEquals(List.of("plain", "v1", "v2"), listed("dangling=true"));
    assertEquals(2, listed("dangling=0").size());
    assertEquals(List.of("v1", "v2"), listed("label=a"));
    assertEquals(List.of("v1"), listed("label=a=1"));
    assertEquals(List.of("v1"), listed("name=^v1$"));
    assertEquals(List.of(), listed("driver=nfs"));
    String invalid = "Error response from daemon: invalid filter '%s'";
    assertEquals(invalid.formatted("dangling=[x]"), refused("volume", "ls", "-f", "dangling=x"));
    assertEquals(invalid.formatted("label!"), refused("volume", "ls", "-f", "label!=a"));
    assertEquals(invalid.formatted("until"), prune("until=10m"));
    assertEquals("Total reclaimed space: 0B", prune("label=a=1"));
    assertEquals("Deleted Volumes:\nv1\n\nTotal reclaimed space: 0B", prune("label=a=1", "all=1"));
    assertEquals(
        "Deleted Volumes:\nplain\n\nTotal reclaimed space: 0B", prune("label!=a", "all=1"));
    assertEquals(3, ids("volume", "ls", "-q").size());
    daemon.docker("volume", "rm", "-f", "nope").ok();
    assertEquals(
        "Error response from daemon: get nope: no such volume", refused("volume", "rm", "nope"));
  }

  private List<String> listed(String filter) {
    return ids("volume", "ls", "-q", "-f", filter);
  }

  /** What the client says, be it good or bad. */
  private String prune(String... filters) {
    var all =
        Stream.concat(
            Stream.of("volume", "prune", "-f"),
            Stream.of(filters).flatMap(filter -> Stream.of("--filter", filter)));
    var result = daemon.docker(all.toArray(String[]::new));
    return result.code() == 0 ? result.out() : result.err();
  }
}
