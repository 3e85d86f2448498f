package argosy.http.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Published ports of containers that are there already. */
class PortChangeIT extends OneHost {
  PortChangeIT() {
    super(44, "--cluster-listen", "10.214.44.11:7946", "--cluster-insecure");
  }

  @AfterEach
  void no_container_is_left() {
    var ids = daemon.docker("ps", "-aq").ok().lines().filter(it -> !it.isBlank()).toList();
    ids.forEach(id -> daemon.docker("rm", "-f", id).ok());
  }

  @Test
  void ports_of_a_running_container_come_go_and_move() {
    web("web", "-p", "8080:80");
    assertEquals("it is 80", answer(8080));
    String id = daemon.docker("inspect", "-f", "{{.State.Pid}}", "web").ok();
    change("web", add("80/tcp", "127.0.0.1", "8081")).ok();
    assertEquals("80/tcp -> 0.0.0.0:8080\n80/tcp -> 127.0.0.1:8081", daemon.ports("web"));
    assertEquals("it is 80", Shell.run(hosts.inside(1, curl("127.0.0.1", 8081))).ok());
    assertEquals(
        "0.0.0.0:8080->80/tcp, 127.0.0.1:8081->80/tcp",
        daemon.docker("ps", "--format", "{{.Ports}}").ok());

    var moved =
        change(
                "web",
                """
                {"Add":{"81/tcp":[{"HostPort":"8080"}]},
                 "Remove":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}}\
                """)
            .ok()
            .json();
    assertEquals("8080", moved.at("/Ports/81~1tcp/0/HostPort").asText());
    assertEquals("8081", moved.at("/PortBindings/80~1tcp/0/HostPort").asText());
    assertEquals("it is 81", answer(8080));

    change("web", "{\"Remove\":{\"80/tcp\":null}}").ok();
    assertEquals("81/tcp -> 0.0.0.0:8080", daemon.ports("web"));
    assertEquals(7, Shell.run(hosts.inside(1, curl("127.0.0.1", 8081))).code());
    assertEquals(id, daemon.docker("inspect", "-f", "{{.State.Pid}}", "web").ok());

    daemon.docker("restart", "-t", "0", "web").ok();
    Shell.await("it is published after a restart", () -> get(8080).code() == 0);
    daemon.kill();
    daemon.start();
    assertEquals("0.0.0.0:8080", daemon.docker("port", "web", "81").ok());
    assertEquals("it is 81", answer(8080));
  }

  @Test
  void a_change_that_is_refused_changes_nothing() {
    web("web", "-p", "8080:80");
    web("other", "-p", "9090:80");
    var refused =
        change(
            "web",
            """
            {"Add":{"80/tcp":[{"HostPort":"7070"},{"HostPort":"9090"}]},"Remove":{"80/tcp":[]}}\
            """);
    assertEquals(409, refused.status());
    assertTrue(
        refused
            .message()
            .matches(
                "driver failed programming external connectivity on endpoint web"
                    + " \\([0-9a-f]{64}\\): Bind for 0.0.0.0:9090 failed: port is already"
                    + " allocated"),
        refused.body());
    assertEquals("80/tcp -> 0.0.0.0:8080", daemon.ports("web"));
    assertEquals(7, get(7070).code());
    assertEquals(
        "port 80/tcp is not published at 1234",
        change("web", "{\"Remove\":{\"80/tcp\":[{\"HostPort\":\"1234\"}]}}").message());
    assertEquals(400, change("web", "{}").status());
    assertEquals(404, change("nope", add("80/tcp", "", "")).status());
  }

  @Test
  void a_stopped_container_is_published_when_it_starts_and_the_world_is_told() {
    daemon.docker("create", "--name", "later", busybox, "httpd", "-f", "-p", "80", "-h", "/").ok();
    change("later", add("80/tcp", "", "8080")).ok();
    change("later", add("90/udp", "", "8090")).ok();
    change("later", add("91/udp", "", "8091")).ok();
    assertEquals("", daemon.ports("later"));
    assertEquals(
        "map[80/tcp:[{ 8080}] 90/udp:[{ 8090}] 91/udp:[{ 8091}]]",
        daemon.docker("inspect", "-f", "{{.HostConfig.PortBindings}}", "later").ok());
    change("later", "{\"Remove\":{\"91/udp\":[]}}").ok();
    daemon.docker("start", "later").ok();
    assertEquals("80/tcp -> 0.0.0.0:8080\n90/udp -> 0.0.0.0:8090", daemon.ports("later"));
    change("later", "{\"Remove\":{\"90/udp\":[]}}").ok();
    assertEquals(
        "0.0.0.0:8080->80/tcp",
        daemon
            .docker(
                "events",
                "--since",
                "1h",
                "--until",
                Long.toString(Instant.now().getEpochSecond() + 1),
                "--filter",
                "event=update",
                "--format",
                "{{.Actor.Attributes.ports}}")
            .ok()
            .lines()
            .toList()
            .getLast());
  }

  @Test
  void every_view_of_the_api_takes_it() {
    web("web");
    change("/node/n1", "web", add("80/tcp", "", "8080")).ok();
    assertEquals("it is 80", answer(8080));
    change("/cluster", "web", add("80/tcp", "", "8081")).ok();
    assertEquals("it is 80", answer(8081));
  }

  private void web(String name, String... options) {
    var all = new ArrayList<>(List.of("run", "-d", "--name", name));
    all.addAll(List.of(options));
    all.addAll(
        List.of(
            busybox,
            "sh",
            "-c",
            "mkdir /a /b; echo \"it is 80\" >/a/index.html; echo \"it is 81\" >/b/index.html;"
                + " httpd -p 81 -h /b; exec httpd -f -p 80 -h /a"));
    daemon.docker(all.toArray(String[]::new)).ok();
    Shell.await(
        "it serves", () -> daemon.docker("exec", name, "wget", "-qO-", "127.0.0.1:80").code() == 0);
  }

  private Api.Answer change(String container, String body) {
    return change("", container, body);
  }

  private Api.Answer change(String view, String container, String body) {
    return Api.of(daemon)
        .call("POST", view + "/containers/" + container + "/ports", body)
        .orElseThrow();
  }

  private static String add(String port, String hostIp, String hostPort) {
    return "{\"Add\":{\"%s\":[{\"HostIp\":\"%s\",\"HostPort\":\"%s\"}]}}"
        .formatted(port, hostIp, hostPort);
  }

  private static List<String> curl(String address, int port) {
    return List.of("curl", "-sS", "-m", "5", "http://" + address + ":" + port + "/");
  }

  /** From another host. */
  private Shell.Result get(int port) {
    return Shell.run(hosts.inside(0, curl(hosts.address(1), port)));
  }

  private String answer(int port) {
    return get(port).ok();
  }
}
