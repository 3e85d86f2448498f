package argosy.cli;

import static argosy.cli.CommandLine.answering;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cli.client.ScriptedDaemon;
import argosy.cli.client.ScriptedDaemon.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way into and out of a container, and its processes. */
class ContainerCopyTest {
  private static final long DIRECTORY = 1L << 31;
  @TempDir Path directory;
  private final CommandLine shell = new CommandLine();

  @BeforeEach
  void a_file_on_the_host() throws IOException {
    Files.writeString(directory.resolve("here"), "mine");
  }

  /** A container with the folder /etc, the file /etc/motd, and the link /l to /etc. */
  private static void container(Exchange exchange) throws IOException {
    String line = exchange.line();
    if (line.contains("/nobody/")) {
      exchange.answer(404, head(line, "{\"message\":\"No such container: nobody\"}"));
    } else if (line.startsWith("PUT ")) {
      exchange.answer(200, "");
    } else if (line.startsWith("GET ")) {
      byte[] tar = tar(line.endsWith("%2Fmotd") ? "motd" : "etc");
      exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + tar.length + "\r\n\r\n");
      exchange.send(tar);
    } else {
      String path = line.substring(line.indexOf("?path=") + "?path=".length());
      switch (path.replace("%2F", "/")) {
        case "/etc", "/etc/", "/etc/." -> found(exchange, "etc", DIRECTORY, "");
        case "/etc/motd" -> found(exchange, "motd", 0, "");
        case "/l" -> found(exchange, "l", 1L << 27, "/etc");
        default -> exchange.send("HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n");
      }
    }
  }

  private static String head(String line, String body) {
    return line.startsWith("HEAD ") ? "" : body;
  }

  private static void found(Exchange exchange, String name, long mode, String link)
      throws IOException {
    String stat =
        "{\"name\":\"%s\",\"size\":3,\"mode\":%d,\"mtime\":\"2026-01-01T00:00:00Z\",\"linkTarget\":\"%s\"}"
            .formatted(name, mode, link);
    String text = Base64.getEncoder().encodeToString(stat.getBytes(StandardCharsets.UTF_8));
    exchange.send(
        "HTTP/1.1 200 OK\r\nX-Docker-Container-Path-Stat: "
            + text
            + "\r\nContent-Length: 0\r\n\r\n");
  }

  /** Made by GNU tar, of a folder with the file motd in it, or of that file alone. */
  private static byte[] tar(String name) throws IOException {
    Path folder = Files.createTempDirectory("archive");
    Path etc = Files.createDirectory(folder.resolve("etc"));
    Files.writeString(etc.resolve("motd"), "hello");
    try {
      return run(name.equals("etc") ? folder : etc, "tar", "-c", name);
    } finally {
      Files.delete(etc.resolve("motd"));
      Files.delete(etc);
      Files.delete(folder);
    }
  }

  private static byte[] run(Path folder, String... command) throws IOException {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      return out.readAllBytes();
    }
  }

  /** The names in a tar that was sent, in order. */
  private static List<String> names(String tar) throws IOException {
    Process process = new ProcessBuilder("tar", "-t").start();
    try (var in = process.getOutputStream()) {
      new ByteArrayInputStream(tar.getBytes(StandardCharsets.UTF_8)).transferTo(in);
    }
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private int copy(ScriptedDaemon daemon, String from, String to) throws IOException {
    return shell.argosy(daemon, "cp", from, to);
  }

  private String at(String name) {
    return directory + "/" + name;
  }

  /** Where the last tar was put, and what was in it. */
  private static String sent(ScriptedDaemon daemon) throws IOException {
    String request = daemon.requests().getLast();
    int blank = request.indexOf(' ', "PUT ".length());
    return request.substring(0, blank) + " " + names(request.substring(blank + 1));
  }

  @Test
  void a_file_comes_out_under_its_own_name_or_another() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(0, copy(daemon, "web:/etc/motd", directory.toString()));
      assertEquals("hello", Files.readString(directory.resolve("motd")));
      assertEquals(0, copy(daemon, "web:etc/motd", at("other")));
      assertEquals("hello", Files.readString(directory.resolve("other")));
      assertEquals(
          List.of(
              "HEAD /containers/web/archive?path=%2Fetc%2Fmotd",
              "GET /containers/web/archive?path=%2Fetc%2Fmotd"),
          daemon.requests().subList(0, 2));
      assertEquals("", shell.out() + shell.err());
    }
  }

  @Test
  void a_folder_comes_out_whole_or_its_content_alone() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(0, copy(daemon, "web:/etc", directory.toString()));
      assertEquals("hello", Files.readString(directory.resolve("etc/motd")));
      assertEquals(0, copy(daemon, "web:/etc", at("new")));
      assertEquals("hello", Files.readString(directory.resolve("new/motd")));
      assertEquals(0, copy(daemon, "web:/etc/.", directory.toString()));
      assertEquals("hello", Files.readString(directory.resolve("motd")));
      assertEquals(1, copy(daemon, "web:/etc", at("here")));
      assertEquals("argosy: cannot copy a directory to a file: " + at("here") + "\n", shell.err());
      assertEquals(1, copy(daemon, "web:/etc/motd", at("no/motd")));
      assertEquals(
          "argosy: invalid output path: directory \"" + at("no") + "\" does not exist\n",
          shell.err());
    }
  }

  @Test
  void out_to_stdout_it_stays_a_tar() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(0, copy(daemon, "web:/etc", "-"));
      assertEquals(List.of("etc/", "etc/motd"), names(shell.out()));
    }
  }

  @Test
  void a_link_is_followed_when_asked() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(0, shell.argosy(daemon, "cp", "-L", "web:/l", directory.toString()));
      assertEquals("GET /containers/web/archive?path=%2Fetc", daemon.requests().getLast());
      assertEquals("hello", Files.readString(directory.resolve("etc/motd")));
    }
  }

  @Test
  void what_is_not_in_the_container_is_told() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(1, copy(daemon, "web:/nope", directory.toString()));
      assertEquals("argosy: Could not find the file /nope in container web\n", shell.err());
      assertEquals(1, copy(daemon, at("here"), "nobody:/etc"));
      assertEquals("argosy: No such container: nobody\n", shell.err());
    }
  }

  @Test
  void a_file_goes_into_a_folder_or_takes_a_new_name() throws IOException {
    String query = "&noOverwriteDirNonDir=1";
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(0, copy(daemon, at("here"), "web:/etc"));
      assertEquals("PUT /containers/web/archive?path=%2Fetc" + query + " [here]", sent(daemon));
      assertEquals(0, copy(daemon, at("here"), "web:/l"));
      assertEquals("PUT /containers/web/archive?path=%2Fetc" + query + " [here]", sent(daemon));
      assertEquals(0, copy(daemon, at("here"), "web:/etc/new"));
      assertEquals("PUT /containers/web/archive?path=%2Fetc" + query + " [new]", sent(daemon));
      assertEquals(0, shell.argosy(daemon, "cp", "-a", at("here"), "web:/etc/motd"));
      assertEquals(
          "PUT /containers/web/archive?path=%2Fetc" + query + "&copyUIDGID=1 [motd]", sent(daemon));
      assertEquals("", shell.out() + shell.err());
    }
  }

  @Test
  void a_folder_goes_in_whole_or_its_content_alone() throws IOException {
    String folder = directory.toString();
    String name = String.valueOf(directory.getFileName());
    String into = "PUT /containers/web/archive?path=%2Fetc&noOverwriteDirNonDir=1 ";
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(0, copy(daemon, folder, "web:/etc"));
      assertEquals(into + "[" + name + "/, " + name + "/here]", sent(daemon));
      assertEquals(0, copy(daemon, folder + "/.", "web:/etc"));
      assertEquals(into + "[./, ./here]", sent(daemon));
      assertEquals(1, copy(daemon, folder, "web:/etc/motd"));
      assertEquals("argosy: cannot copy a directory to a file: /etc/motd\n", shell.err());
      assertEquals(1, copy(daemon, at("here"), "web:/new/"));
      assertEquals("argosy: there is no directory /new/\n", shell.err());
      assertEquals(1, copy(daemon, at("nope"), "web:/etc"));
      assertEquals("argosy: lstat " + at("nope") + ": no such file or directory\n", shell.err());
    }
  }

  @Test
  void stdin_is_a_tar_for_a_folder() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(0, shell.typing("a tar").argosy(daemon, "cp", "-", "web:/etc"));
      assertEquals(
          "PUT /containers/web/archive?path=%2Fetc&noOverwriteDirNonDir=1 a tar",
          daemon.requests().getLast());
      assertEquals(1, copy(daemon, "-", "web:/etc/motd"));
      assertEquals("argosy: destination \"web:/etc/motd\" must be a directory\n", shell.err());
    }
  }

  /** It only looks as if it named the container. */
  @Test
  void a_colon_in_a_local_name_means_nothing() throws IOException {
    Path file = Files.writeString(directory.resolve("web:x"), "mine");
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(0, copy(daemon, file.toString(), "web:/new"), shell::err);
      assertEquals(
          "PUT /containers/web/archive?path=%2F&noOverwriteDirNonDir=1 [new]", sent(daemon));
    }
  }

  @Test
  void one_of_the_two_is_in_a_container() throws IOException {
    try (var daemon = ScriptedDaemon.onUnix(ContainerCopyTest::container)) {
      assertEquals(1, copy(daemon, "a:/x", "b:/y"));
      assertEquals("argosy: copying between containers is not supported\n", shell.err());
      assertEquals(1, copy(daemon, "/x", "./b:y"));
      assertEquals("argosy: must specify at least one container source\n", shell.err());
      assertEquals(1, copy(daemon, "a:", "/y"));
      assertEquals("argosy: a:: a path is missing behind the colon\n", shell.err());
      assertEquals(List.of(), daemon.requests());
    }
  }

  @Test
  void top_shows_the_processes() throws IOException {
    String top =
        "{\"Titles\":[\"PID\",\"CMD\"],\"Processes\":[[\"1\",\"sh -c x\"],[\"27\",\"sleep\"]]}";
    try (var daemon = answering(200, top)) {
      assertEquals(0, shell.argosy(daemon, "top", "web"));
      assertEquals("PID       CMD\n1         sh -c x\n27        sleep\n", shell.out());
      assertEquals(0, shell.argosy(daemon, "container", "top", "web", "-o", "pid,cmd"));
      assertEquals(
          List.of("GET /containers/web/top", "GET /containers/web/top?ps_args=-o%20pid%2Ccmd"),
          daemon.requests());
    }
    try (var daemon = answering(409, "{\"message\":\"Container web is not running\"}")) {
      shell.out();
      assertEquals(1, shell.argosy(daemon, "top", "web"));
      assertEquals("argosy: Container web is not running\n", shell.err());
      assertTrue(shell.out().isEmpty());
    }
  }
}
