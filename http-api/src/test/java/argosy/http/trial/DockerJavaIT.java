package argosy.http.trial;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docker-java's whole everyday API, over the Unix socket and from another machine over TCP. */
class DockerJavaIT extends OneHost {
  DockerJavaIT() {
    super(25);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        DockerJavaContainers.class,
        DockerJavaStreams.class,
        DockerJavaStores.class,
        DockerJavaBuilds.class
      })
  void works_over_the_unix_socket(Class<?> trial) {
    Visitor.run(hosts, 1, trial, facts(daemon.socket()), Map.of());
  }

  @ParameterizedTest
  @ValueSource(classes = {DockerJavaStreams.class})
  void works_from_another_machine(Class<?> trial) {
    Visitor.run(hosts, 0, trial, facts(daemon.tcp()), Map.of());
  }

  private Map<String, String> facts(String url) {
    return Map.of("trial.url", url, "trial.busybox", busybox);
  }
}
