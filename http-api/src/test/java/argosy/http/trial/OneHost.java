package argosy.http.trial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One host with a daemon that has pulled busybox from a registry; closing it checks for leaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneHost {
  @TempDir static Path directory;

  private final int set;
  private final List<String> options;
  Hosts hosts;
  Registry registry;
  Daemon daemon;
  String busybox;

  /**
   * {@code set}: a number for the test hosts' names that no other test has; {@code options}: more
   * of the daemon's.
   */
  OneHost(int set, String... options) {
    this.set = set;
    this.options = List.of(options);
  }

  @BeforeAll
  final void up() {
    hosts = new Hosts(set, 2);
    registry = new Registry(hosts, directory.resolve("registry"));
    busybox = registry.busybox();
    var all = new ArrayList<>(List.of("--insecure-registry", registry.address()));
    all.addAll(options);
    daemon = new Daemon(hosts, 1, directory.resolve("n1"), all.toArray(String[]::new));
    daemon.docker("pull", busybox).ok();
  }

  @AfterAll
  final void down() {
    daemon.close();
    registry.close();
    hosts.close();
  }
}
