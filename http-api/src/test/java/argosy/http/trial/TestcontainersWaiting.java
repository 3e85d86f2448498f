package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.HealthCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;

/** Every way in which Testcontainers waits for a container, and how it reaches its ports. */
class TestcontainersWaiting {
  private static final String PAGE =
      "mkdir /www; echo hello >/www/index.html; echo serving; exec httpd -f -p 80 -h /www";

  private static GenericContainer<?> web(WaitStrategy wait) {
    return new GenericContainer<>("busybox")
        .withExposedPorts(80)
        .withCommand("sh", "-c", PAGE)
        .waitingFor(wait.withStartupTimeout(Duration.ofSeconds(40)));
  }

  private static String page(GenericContainer<?> web) throws IOException, InterruptedException {
    var url = URI.create("http://" + web.getHost() + ":" + web.getMappedPort(80) + "/");
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
    }
  }

  @Test
  void for_a_listening_port() throws Exception {
    try (var web = web(Wait.forListeningPort())) {
      web.start();
      assertEquals("hello\n", page(web));
    }
  }

  @Test
  void for_an_http_answer() throws Exception {
    try (var web = web(Wait.forHttp("/").forStatusCode(200))) {
      web.start();
      assertEquals("hello\n", page(web));
    }
  }

  @Test
  void for_a_log_message() {
    try (var web = web(Wait.forLogMessage(".*serving.*\\n", 1))) {
      web.start();
      assertTrue(web.getLogs().contains("serving"));
    }
  }

  @Test
  void for_a_healthy_state() {
    var check =
        new HealthCheck()
            .withTest(List.of("CMD-SHELL", "wget -q -O - http://127.0.0.1/"))
            .withInterval(200_000_000L)
            .withTimeout(10_000_000_000L)
            .withRetries(50);
    try (var web =
        web(Wait.forHealthcheck())
            .withCreateContainerCmdModifier(it -> it.withHealthcheck(check))) {
      web.start();
      assertTrue(web.isHealthy());
    }
  }

  @Test
  void for_a_successful_command() {
    try (var web = web(Wait.forSuccessfulCommand("test -f /www/index.html"))) {
      web.start();
      assertTrue(web.isRunning());
    }
  }

  @Test
  void for_a_container_that_does_one_thing() {
    try (var once =
        new GenericContainer<>("busybox")
            .withCommand("echo", "done")
            .withStartupCheckStrategy(new OneShotStartupCheckStrategy())) {
      once.start();
      assertEquals("done\n", once.getLogs());
    }
    try (var failing =
        new GenericContainer<>("busybox")
            .withCommand("false")
            .withStartupCheckStrategy(new OneShotStartupCheckStrategy())) {
      assertThrows(ContainerLaunchException.class, failing::start);
    }
  }
}
