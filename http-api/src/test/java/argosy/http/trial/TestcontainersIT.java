package argosy.http.trial;

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
