package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Compose file that grew over years asks for, with Debian's docker-compose 1.29. */
class ComposeFileIT extends OneHost {
  private static final String FILE =
      """
      x-common: &common
        image: ${IMAGE:?no image}
        logging: {driver: json-file, options: {max-size: 1m, max-file: "2"}}
        stop_grace_period: 1s
      services:
        db:
          <<: *common
          command: ["sh", "-c", "sleep 1; touch /run/ready; exec httpd -f -p 5432 -h /data"]
          tmpfs: [/run]
          environment: {TUNED: "${TUNED:-no}"}
          healthcheck: {test: [CMD, test, -e, /run/ready], interval: 500ms, retries: 60}
          volumes: ["store:/data", /cache, "./conf:/etc/app:ro"]
          networks:
            back: {ipv4_address: 10.218.7.10, aliases: [database, store]}
        migrate:
          <<: *common
          command: sh -c 'echo "schema $$REVISION of $$OWNER" >/data/schema'
          env_file: [app.env]
          environment: {REVISION: "${REVISION}"}
          depends_on: {db: {condition: service_healthy}}
          volumes: ["store:/data"]
          network_mode: none
        app:
          <<: *common
          command: sh -c 'wget -qO /www/index.html http://database:5432/schema && exec httpd -f -p 80 -h /www'
          tmpfs: [/www]
          depends_on: {migrate: {condition: service_completed_successfully}}
          ports: ["8100-8102:80"]
          networks:
            back: {}
            front: {aliases: [site]}
            outside: {}
        tools:
          <<: *common
          profiles: [debug]
          command: wget -qO- http://site/
          networks: [front]
      networks:
        back: {internal: true, ipam: {config: [{subnet: 10.218.7.0/24, gateway: 10.218.7.1}]}}
        front: {labels: {side: street}}
        outside: {external: true, name: town}
      volumes:
        store: {driver_opts: {type: tmpfs, device: tmpfs, o: "size=4m,mode=755"}, labels: {kind: scratch}}
      """;

  ComposeFileIT() {
    super(18);
  }

  @BeforeEach
  void write() throws IOException {
    Path folder = directory.resolve("harbour");
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("docker-compose.yml"), FILE);
    Files.writeString(folder.resolve(".env"), "IMAGE=%s\nREVISION=7\n".formatted(busybox));
    Files.writeString(folder.resolve("app.env"), "REVISION=0\nOWNER=the port\n");
    Files.writeString(folder.resolve("conf/name"), "from the host");
    daemon.docker("network", "create", "town").ok();
    compose("up", "-d", "--scale", "app=2").ok();
  }

  @AfterEach
  void gone() {
    compose("--profile", "debug", "down", "-v", "--remove-orphans").ok();
    assertEquals("", daemon.docker("ps", "-aq").ok());
    assertEquals("", daemon.docker("volume", "ls", "-q").ok());
    daemon.docker("network", "rm", "town").ok();
    assertEquals(3, daemon.docker("network", "ls", "-q").ok().lines().count());
  }

  @Test
  void services_come_in_their_order_and_meet_on_their_networks() {
    Set<String> ports =
        Set.of(port(1), port(2)).stream()
            .map(it -> it.replaceFirst(".*:", ""))
            .collect(Collectors.toSet());
    assertTrue(Set.of("8100", "8101", "8102").containsAll(ports), ports.toString());
    for (String port : ports) {
      var page = hosts.inside(1, List.of("curl", "-fsS", "http://127.0.0.1:" + port));
      Shell.await(
          "the page on " + port, () -> "schema 7 of the port".equals(Shell.run(page).out()));
    }
    String listed = compose("ps").ok();
    assertTrue(listed.contains("Up (healthy)") && listed.contains("Exit 0"), listed);
    assertFalse(listed.contains("tools"), "a profile nobody asked for");
    assertTrue(compose("top", "app").ok().contains("httpd -f -p 80"));

    assertTrue(compose("exec", "-T", "app", "nslookup", "store").ok().contains("10.218.7.10"));
    assertEquals("from the host", compose("exec", "-T", "db", "cat", "/etc/app/name").ok());
    assertNotEquals(0, compose("exec", "-T", "db", "touch", "/etc/app/name").code());
    assertNotEquals(0, compose("exec", "-T", "db", "nslookup", "site").code());
    assertEquals(
        "schema 7 of the port",
        daemon.docker("run", "--rm", "--network", "town", busybox, "wget", "-qO-", "app").ok());
    assertEquals("schema 7 of the port", compose("run", "--rm", "-T", "tools").out());
    assertEquals(
        "tmpfs size=4m,mode=755 scratch",
        daemon
            .docker(
                "volume",
                "inspect",
                "-f",
                "{{.Options.type}} {{.Options.o}} {{.Labels.kind}}",
                "harbour_store")
            .ok());
  }

  @Test
  void what_changed_is_made_again_and_what_is_anonymous_stays() throws Exception {
    compose("exec", "-T", "db", "sh", "-c", "echo kept >/cache/mark").ok();
    String db = compose("ps", "-q", "db").ok();
    String app = compose("ps", "-q", "app").ok();
    Path folder = directory.resolve("harbour");
    Files.writeString(
        folder.resolve(".env"), "IMAGE=%s\nREVISION=7\nTUNED=yes\n".formatted(busybox));
    compose("up", "-d", "--no-deps", "db").ok();
    assertNotEquals(db, compose("ps", "-q", "db").ok());
    assertEquals(app, compose("ps", "-q", "app").ok());
    assertEquals(
        "yes\nkept", compose("exec", "-T", "db", "sh", "-c", "echo $TUNED; cat /cache/mark").ok());
    compose("up", "-d", "--no-deps", "--force-recreate", "-V", "db").ok();
    assertEquals("", compose("exec", "-T", "db", "ls", "/cache").ok());

    var events =
        new ProcessBuilder(command("events", "--json", "app"))
            .redirectOutput(directory.resolve("events").toFile())
            .start();
    try {
      Path seen = directory.resolve("events");
      Shell.await(
          "events are told",
          () -> {
            compose("kill", "-s", "CONT", "app");
            return read(seen).contains("\"action\": \"kill\"");
          });
      compose("pause", "app").ok();
      assertTrue(compose("ps", "app").ok().contains("Paused"));
      compose("unpause", "app").ok();
      compose("stop", "app").ok();
      assertTrue(compose("ps", "app").ok().contains("Exit "));
      Shell.await("the stop is told", () -> read(seen).contains("\"action\": \"stop\""));
      assertTrue(read(seen).contains("\"action\": \"unpause\""), read(seen));
    } finally {
      events.destroy();
      events.waitFor();
    }
    compose("rm", "-f", "app").ok();
    assertEquals("", compose("ps", "-q", "app").ok());
    // compose leaves behind the anonymous volume that it renewed, whoever the engine is
    daemon.docker("volume", "prune", "-f").ok();
  }

  private String port(int index) {
    return compose("port", "--index", Integer.toString(index), "app", "80").ok();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private Shell.Result compose(String... arguments) {
    return Shell.run(command(arguments));
  }

  private List<String> command(String... arguments) {
    String file = directory.resolve("harbour/docker-compose.yml").toString();
    var all = new ArrayList<>(List.of("docker-compose", "-H", daemon.socket(), "-f", file));
    all.addAll(List.of(arguments));
    return all;
  }
}
