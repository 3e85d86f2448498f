package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An application of three services, with Debian's docker-compose 1.29. */
class ComposeIT extends OneHost {
  private static final String FILE =
      """
      version: "3.8"
      services:
        db:
          image: %1$s
          command:
            - sh
            - -c
            - while :; do cat /data/count | nc -l -p 5432; echo $$GREETING >/data/count; done
          environment:
            GREETING: %2$s
          volumes: ["data:/data"]
          networks: [back]
        api:
          image: %1$s
          command:
            - sh
            - -c
            - |
              mkdir -p /www/cgi-bin
              printf '#!/bin/sh\\necho; hostname\\n' >/www/cgi-bin/ask
              chmod +x /www/cgi-bin/ask
              echo api is up
              exec httpd -f -p 80 -h /www
          depends_on: [db]
          networks: [back, front]
        web:
          image: %1$s
          command:
            - sh
            - -c
            - |
              mkdir -p /www/cgi-bin
              printf '#!/bin/sh\\necho; wget -qO- http://api/cgi-bin/ask\\n' >/www/cgi-bin/page
              chmod +x /www/cgi-bin/page
              echo web is up
              exec httpd -f -p 80 -h /www
          depends_on: [api]
          ports: ["8090:80"]
          networks: [front]
          restart: unless-stopped
      networks:
        back:
          internal: true
        front: {}
      volumes:
        data: {}
      """;

  ComposeIT() {
    super(30);
  }

  @Test
  void an_application_comes_up_grows_and_goes() {
    file("ahoy");
    compose("up", "-d").ok();
    Shell.await("the page comes", () -> !page().isEmpty());
    assertEquals(Set.of("fleet_api_1", "fleet_db_1", "fleet_web_1"), running());
    assertTrue(compose("ps").ok().contains("0.0.0.0:8090->80/tcp"));
    assertEquals("0.0.0.0:8090", compose("port", "web", "80").ok());
    assertTrue(compose("logs", "api").ok().contains("api is up"));

    compose("up", "-d", "--scale", "api=3").ok();
    var seen = new HashSet<String>();
    Shell.await(
        "all three answer",
        () -> {
          seen.add(page());
          seen.remove("");
          return seen.size() == 3;
        });
    assertTrue(
        compose("exec", "-T", "web", "nslookup", "db").code() != 0, "another network's name");
    assertEquals("ahoy", compose("exec", "-T", "db", "sh", "-c", "echo $GREETING").ok());
    assertEquals("one-off", compose("run", "--rm", "-T", "web", "echo", "one-off").out());

    String before = daemon.docker("inspect", "-f", "{{.Id}}", "fleet_db_1").ok();
    daemon.docker("exec", "fleet_db_1", "sh", "-c", "echo kept >/data/mark").ok();
    file("hello");
    compose("up", "-d").ok();
    assertNotEquals(before, daemon.docker("inspect", "-f", "{{.Id}}", "fleet_db_1").ok());
    assertEquals("hello", compose("exec", "-T", "db", "sh", "-c", "echo $GREETING").ok());
    assertEquals("kept", compose("exec", "-T", "db", "cat", "/data/mark").ok());
    assertEquals(Set.of("fleet_api_1", "fleet_db_1", "fleet_web_1"), running());

    compose("down", "-v").ok();
    assertEquals("", daemon.docker("ps", "-aq").ok());
    assertEquals("", daemon.docker("volume", "ls", "-q").ok());
    assertEquals(
        "bridge host none",
        daemon.docker("network", "ls", "--format", "{{.Name}}").ok().replace('\n', ' '));
  }

  @Test
  void its_logs_are_followed_until_it_ends() throws IOException, InterruptedException {
    file("ahoy");
    var following =
        new ProcessBuilder(command("-p", "second", "up", "--no-color", "--abort-on-container-exit"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("followed").toFile())
            .start();
    Path followed = directory.resolve("followed");
    Shell.await("both speak", () -> read(followed).contains("web is up"));
    Shell.run(command("-p", "second", "kill", "db")).ok();
    assertTrue(following.waitFor(60, TimeUnit.SECONDS), read(followed));
    assertTrue(read(followed).contains("second_db_1 exited with code 137"), read(followed));
    Shell.run(command("-p", "second", "down", "-v")).ok();
  }

  private String page() {
    var page =
        Shell.run(hosts.inside(1, List.of("curl", "-fsS", "http://127.0.0.1:8090/cgi-bin/page")));
    return page.code() == 0 ? page.out().strip() : "";
  }

  private Set<String> running() {
    return daemon.docker("ps", "--format", "{{.Names}}").ok().lines().collect(Collectors.toSet());
  }

  private void file(String greeting) {
    try {
      Files.writeString(directory.resolve("docker-compose.yml"), FILE.formatted(busybox, greeting));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Shell.Result compose(String... arguments) {
    var all = new ArrayList<>(List.of("-p", "fleet"));
    all.addAll(List.of(arguments));
    return Shell.run(command(all.toArray(String[]::new)));
  }

  private List<String> command(String... arguments) {
    var all =
        new ArrayList<>(
            List.of(
                "docker-compose",
                "-H",
                daemon.socket(),
                "-f",
                directory.resolve("docker-compose.yml").toString()));
    all.addAll(List.of(arguments));
    return all;
  }
}
