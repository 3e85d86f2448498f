package argosy.http.trial;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One host with a daemon that has pulled busybox from a registry; closing it checks for leaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneHost {
  @TempDir static Path directory;

  private final int set;
  Hosts hosts;
  Registry registry;
  Daemon daemon;
  String busybox;

  /** {@code set}: a number for the test hosts' names that no other test has. */
  OneHost(int set) {
    this.set = set;
  }

  @BeforeAll
  final void up() {
    hosts = new Hosts(set, 1);
    registry = new Registry(hosts, directory.resolve("registry"));
    busybox = registry.busybox();
    daemon =
        new Daemon(hosts, 1, directory.resolve("n1"), "--insecure-registry", registry.address());
    daemon.docker("pull", busybox).ok();
  }

  @AfterAll
  final void down() {
    daemon.close();
    registry.close();
    hosts.close();
  }
}
