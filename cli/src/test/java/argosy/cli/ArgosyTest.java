package argosy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cli.client.ScriptedDaemon;
import argosy.cli.client.ScriptedDaemon.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands against a scripted daemon. */
class ArgosyTest {
  private final CommandLine shell = new CommandLine();

  private int argosy(String... args) {
    return argosy(Map.of(), args);
  }

  private int argosy(Map<String, String> environment, String... args) {
    return shell.argosy(environment, args);
  }

  private String out() {
    return shell.out();
  }

  private String err() {
    return shell.err();
  }

  /** Creates, attaches, waits and starts as a daemon does; exec likewise. */
  private static void container(Exchange exchange) throws IOException {
    String line = exchange.line();
    if (line.contains("/attach") || line.startsWith("POST /exec/e1/start")) {
      exchange.send("HTTP/1.1 101 UPGRADED\r\n\r\n");
      String keys = line.contains("stdin=1") || line.contains("e1") ? exchange.rest() : "";
      exchange.send(Exchange.frame(1, "out " + keys));
      exchange.send(Exchange.frame(2, "err"));
    } else if (line.endsWith("/start")) {
      exchange.answer(204, "");
    } else if (line.endsWith("/exec")) {
      exchange.answer(201, "{\"Id\":\"e1\"}");
    } else {
      exchange.answer(
          200, "{\"Id\":\"c1\",\"StatusCode\":7,\"ExitCode\":3,\"Warnings\":[\"mind\"]}");
    }
  }

  @Test
  void run_attaches_and_waits_before_it_starts() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(ArgosyTest::container)) {
      assertEquals(7, argosy("-H", daemon.url(), "run", "--rm", "--name", "x", "busybox", "true"));
      assertEquals("out ", out());
      assertEquals("argosy: mind\nerr", err());
      List<String> requests = daemon.requests();
      assertTrue(
          requests.getFirst().startsWith("POST /containers/create?name=x {\"Image\":\"busybox\""));
      assertEquals(
          List.of(
              "POST /containers/c1/attach?stream=1&stdout=1&stderr=1",
              "POST /containers/c1/wait?condition=removed",
              "POST /containers/c1/start"),
          requests.subList(1, requests.size()));
    }
  }

  @Test
  void ports_are_published_and_withdrawn_as_they_are_written_for_run() throws IOException {
    String ports =
        "{\"PortBindings\":{},\"Ports\":{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"81\"},"
            + "{\"HostIp\":\"::\",\"HostPort\":\"81\"}]}}";
    try (var daemon = ScriptedDaemon.onUnix(exchange -> exchange.answer(200, ports))) {
      assertEquals(0, argosy("-H", daemon.url(), "port", "add", "web", "81:80", "[::1]:9:9/udp"));
      assertEquals("80/tcp -> 0.0.0.0:81\n80/tcp -> [::]:81\n", out());
      assertEquals(0, argosy("-H", daemon.url(), "port", "rm", "web", "80-81"));
      assertEquals(1, argosy("-H", daemon.url(), "port", "rm", "web"));
      assertEquals(
          List.of(
              "POST /containers/web/ports {\"Add\":{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"81\"}],"
                  + "\"9/udp\":[{\"HostIp\":\"::1\",\"HostPort\":\"9\"}]}}",
              "POST /containers/web/ports {\"Remove\":{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"\"}],"
                  + "\"81/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"\"}]}}"),
          daemon.requests());
    }
  }

  @Test
  void port_lists_them_or_says_that_there_is_none() throws IOException {
    String inspected =
        "{\"NetworkSettings\":{\"Ports\":{\"80/tcp\":[{\"HostIp\":\"::\",\"HostPort\":\"81\"}],\"9/tcp\":null}}}";
    try (var daemon = ScriptedDaemon.onUnix(exchange -> exchange.answer(200, inspected))) {
      assertEquals(0, argosy("-H", daemon.url(), "port", "web"));
      assertEquals(0, argosy("-H", daemon.url(), "port", "ls", "web", "80"));
      assertEquals("80/tcp -> [::]:81\n[::]:81\n", out());
      assertEquals(1, argosy("-H", daemon.url(), "port", "web", "9/tcp"));
      assertEquals("argosy: no public port '9/tcp' published for web\n", err());
    }
  }

  @Test
  void run_passes_stdin_on_to_its_end() throws IOException {
    shell.typing("some keys");
    try (var daemon = ScriptedDaemon.onUnix(ArgosyTest::container)) {
      assertEquals(7, argosy("-H", daemon.url(), "run", "-i", "busybox", "cat"));
      assertEquals("out some keys", out());
    }
  }

  @Test
  void run_pulls_what_is_not_there_and_creates_again(@TempDir Path folder) throws IOException {
    var pulled = new ArrayList<String>();
    ScriptedDaemon.Script script =
        exchange -> {
          if (exchange.line().startsWith("POST /images/create")) {
            pulled.add(exchange.line());
            exchange.answer(
                200, "{\"status\":\"Pulling\",\"id\":\"1.0\"}\n{\"status\":\"Done\"}\n");
          } else if (exchange.line().contains("/create") && pulled.isEmpty()) {
            exchange.answer(404, "{\"message\":\"No such image: h:5000/a:1.0\"}");
          } else {
            container(exchange);
          }
        };
    Path id = folder.resolve("cid");
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(
          0, argosy("-H", daemon.url(), "run", "-d", "--cidfile", id.toString(), "h:5000/a:1.0"));
      assertEquals(List.of("POST /images/create?fromImage=h%3A5000%2Fa&tag=1.0"), pulled);
      assertEquals("c1\n", out());
      assertEquals("c1", Files.readString(id));
      assertTrue(
          err().startsWith("Unable to find image 'h:5000/a:1.0' locally\n1.0: Pulling\nDone\n"));
      assertEquals("POST /containers/c1/start", daemon.requests().getLast());
    }
  }

  @Test
  void run_says_with_its_exit_code_why_it_failed() throws IOException {
    ScriptedDaemon.Script script =
        exchange -> {
          if (exchange.line().endsWith("/start")) {
            exchange.answer(400, "{\"message\":\"exec: \\\"x\\\": executable file not found\"}");
          } else {
            container(exchange);
          }
        };
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(127, argosy("-H", daemon.url(), "run", "busybox", "x"));
      assertEquals(127, argosy("-H", daemon.url(), "run", "-d", "busybox", "x"));
      assertEquals(125, argosy("-H", "unix:///nope/sock", "run", "busybox", "x"));
      assertEquals(125, argosy("-H", daemon.url(), "run", "--nope", "busybox"));
      assertEquals(125, argosy("-H", daemon.url(), "run", "-m", "lots", "busybox"));
      assertEquals(125, argosy("-H", daemon.url(), "run", "-it", "busybox"));
      assertTrue(err().contains("argosy: the input device is not a TTY"));
    }
  }

  @Test
  void exec_ends_with_the_commands_exit_code() throws IOException {
    shell.typing("keys");
    try (var daemon = ScriptedDaemon.onUnix(ArgosyTest::container)) {
      assertEquals(
          3, argosy("-H", daemon.url(), "exec", "-i", "-e", "A=B", "web", "sh", "-c", "x"));
      assertEquals("out keys", out());
      assertEquals(
          List.of(
              "POST /containers/web/exec {\"AttachStdin\":true,\"AttachStdout\":true,"
                  + "\"AttachStderr\":true,\"Tty\":false,\"Cmd\":[\"sh\",\"-c\",\"x\"],\"Env\":[\"A=B\"]}",
              "GET /exec/e1/json"),
          List.of(daemon.requests().getFirst(), daemon.requests().getLast()));
    }
  }

  @Test
  void one_failure_keeps_no_other_from_its_turn() throws IOException {
    ScriptedDaemon.Script script =
        exchange -> {
          boolean missing = exchange.line().contains("/nope");
          exchange.answer(
              missing ? 404 : 204, missing ? "{\"message\":\"No such container: nope\"}" : "");
        };
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(1, argosy("-H", daemon.url(), "rm", "-f", "a", "nope", "b"));
      assertEquals("a\nb\n", out());
      assertEquals("argosy: No such container: nope\n", err());
    }
  }

  @Test
  void orders_to_containers_are_posted() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(exchange -> exchange.answer(204, ""))) {
      assertEquals(0, argosy("-H", daemon.url(), "restart", "-t", "3", "-s", "INT", "web"));
      assertEquals(0, argosy("-H", daemon.url(), "pause", "web"));
      assertEquals(0, argosy("-H", daemon.url(), "container", "unpause", "web"));
      assertEquals(0, argosy("-H", daemon.url(), "rename", "web", "shop"));
      assertEquals(
          List.of(
              "POST /containers/web/restart?t=3&signal=INT",
              "POST /containers/web/pause",
              "POST /containers/web/unpause",
              "POST /containers/web/rename?name=shop"),
          daemon.requests());
      assertEquals("web\nweb\nweb\n", out());
    }
  }

  @Test
  void views_are_base_paths_wherever_their_option_stands() throws IOException {
    ScriptedDaemon.Script script = exchange -> exchange.answer(200, "[]");
    try (var daemon = ScriptedDaemon.onTcp(script)) {
      Map<String, String> environment = Map.of("ARGOSY_HOST", daemon.url(), "DOCKER_HOST", "bad");
      assertEquals(0, argosy(environment, "--node", "n2", "ps", "-a"));
      assertEquals(0, argosy(environment, "ps", "--node=n2"));
      assertEquals(0, argosy(environment, "--cluster", "images"));
      assertEquals(0, argosy(environment, "node", "ls"));
      assertEquals(1, argosy(environment, "--cluster", "--node", "n2", "ps"));
      assertEquals(
          List.of(
              "GET /node/n2/containers/json?all=1",
              "GET /node/n2/containers/json",
              "GET /cluster/images/json",
              "GET /argosy/nodes"),
          daemon.requests());
    }
  }

  @Test
  void ps_of_the_cluster_names_the_nodes() throws IOException {
    String list =
        "[{\"Id\":\"0123456789abcdef\",\"Names\":[\"/web\"],\"Image\":\"busybox\",\"Command\":\"sh\","
            + "\"Created\":1,\"Status\":\"Up\",\"Labels\":{\"io.argosy.node\":\"n2\"}}]";
    try (var daemon = ScriptedDaemon.onUnix(exchange -> exchange.answer(200, list))) {
      assertEquals(0, argosy("-H", daemon.url(), "--cluster", "ps"));
      String[] lines = out().split("\n");
      assertTrue(lines[0].startsWith("CONTAINER ID   NODE      IMAGE "), lines[0]);
      assertTrue(lines[1].startsWith("0123456789ab   n2        busybox "), lines[1]);
      assertTrue(lines[1].endsWith("web"));
    }
  }

  @Test
  void wrong_words_are_told_and_help_lists_every_command() {
    assertEquals(1, argosy("frobnicate"));
    assertEquals(125, argosy("ps", "--nope"));
    assertEquals(1, argosy("stop"));
    assertTrue(err().contains("\"argosy stop\" takes at least 1 argument"), err());
    assertEquals(0, argosy("--help"));
    String help = out();
    for (String name : CommandTree.NAMES) {
      assertTrue(help.contains("\n  " + name + " "), name);
      assertEquals(name, assertNotNullThen(name));
      assertEquals(0, argosy((name + " --help").split(" ")));
      assertTrue(out().contains("Usage: argosy " + name + " [OPTIONS]"), name);
    }
  }

  private static String assertNotNullThen(String name) {
    var command = CommandTree.find(name);
    assertNotNull(command, name);
    return command.form().name();
  }
}
