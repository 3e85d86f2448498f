package argosy.http.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Testcontainers as test suites use it, beside the daemon and from another machine. */
class TestcontainersIT extends OneHost {
  TestcontainersIT() {
    super(26);
  }

  @Test
  void works_beside_the_daemon() {
    Visitor.run(hosts, 1, TestcontainersTrial.class, facts(), environment(daemon.socket()));
  }

  @Test
  void works_from_another_machine() {
    Visitor.run(hosts, 0, TestcontainersWaiting.class, facts(), environment(daemon.tcp()));
  }

  @Test
  void its_reaper_takes_away_what_a_dead_test_run_left() {
    importReaper();
    var environment = environment(daemon.socket());
    environment.put("TESTCONTAINERS_RYUK_DISABLED", "false");
    environment.put("TESTCONTAINERS_RYUK_CONTAINER_PRIVILEGED", "false");
    environment.put("TESTCONTAINERS_RYUK_CONTAINER_IMAGE", "reaper:latest");
    Visitor.run(hosts, 1, TestcontainersLeaving.class, facts(), environment);
    Shell.await("no container is left", () -> daemon.docker("ps", "-aq").ok().isEmpty());
    Shell.await(
        "no network is left",
        () -> daemon.docker("network", "ls", "-q", "-f", "type=custom").ok().isEmpty());
  }

  /**
   * A stand-in for testcontainers/ryuk, which comes from a registry we can not reach: it listens,
   * takes filters, and when the test run is gone it removes what matches, all through the daemon's
   * socket that is mounted into it.
   */
  private void importReaper() {
    var script = Path.of("src/test/sh/reaper-image").toAbsolutePath().toString();
    Path tar = directory.resolve("reaper.tar");
    Shell.run(List.of(script, tar.toString())).ok();
    daemon
        .docker("import", "-c", "CMD [\"/ryuk\"]", tar.toString(), registry.address() + "/reaper")
        .ok();
  }

  private Map<String, String> facts() {
    return Map.of("user.home", directory.toString(), "trial.busybox", busybox);
  }

  private Map<String, String> environment(String url) {
    return new TreeMap<>(
        Map.of(
            "DOCKER_HOST", url,
            "TESTCONTAINERS_RYUK_DISABLED", "true",
            "TESTCONTAINERS_REUSE_ENABLE", "true",
            "TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE", "busybox",
            "TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", registry.address() + "/"));
  }
}
