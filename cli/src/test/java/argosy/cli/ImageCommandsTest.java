package argosy.cli;

import static argosy.cli.CommandLine.answering;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cli.client.ScriptedDaemon;
import argosy.cli.client.ScriptedDaemon.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images: their history, in and out as tars, and searched for. */
class ImageCommandsTest {
  private static final String GONE = "{\"message\":\"No such image: nope\"}";
  @TempDir Path directory;
  private final CommandLine shell = new CommandLine();

  @Test
  void history_shows_the_newest_step_first_and_shortens_it() throws IOException {
    String command = "/bin/sh -c #(nop)  CMD [\\\"a long line that nobody wants to read whole\\\"]";
    String steps =
        "[{\"Id\":\"sha256:0123456789abcdef\",\"Created\":1,\"CreatedBy\":\""
            + command
            + "\",\"Size\":1500,\"Comment\":\"why\"},"
            + "{\"Id\":\"<missing>\",\"Created\":0,\"CreatedBy\":\"ADD\\tx\",\"Size\":0,\"Comment\":\"\"}]";
    try (var daemon = answering(200, steps)) {
      assertEquals(0, shell.argosy(daemon, "history", "h:5000/a/b:1"));
      assertEquals(
          """
          IMAGE          CREATED                         CREATED BY                                      SIZE      COMMENT
          0123456789ab   1970-01-01 00:00:01 +0000 UTC   /bin/sh -c #(nop)  CMD ["a long line that no…   1.5kB     why
          <missing>      1970-01-01 00:00:00 +0000 UTC   ADD x                                           0B       \s
          """,
          shell.out());
      assertEquals(0, shell.argosy(daemon, "image", "history", "-q", "--no-trunc", "a"));
      assertEquals("sha256:0123456789abcdef\n<missing>\n", shell.out());
      assertEquals(0, shell.argosy(daemon, "history", "--format", "{{.Size}}", "a"));
      assertEquals("1.5kB\n0B\n", shell.out());
      assertEquals(
          List.of(
              "GET /images/h:5000/a/b:1/history", "GET /images/a/history", "GET /images/a/history"),
          daemon.requests());
    }
  }

  @Test
  void history_of_no_image_is_the_daemons_refusal() throws IOException {
    try (var daemon = answering(404, GONE)) {
      assertEquals(1, shell.argosy(daemon, "history", "nope"));
      assertEquals("", shell.out());
      assertEquals("argosy: No such image: nope\n", shell.err());
    }
  }

  @Test
  void save_writes_the_tar_to_stdout_or_to_a_file() throws IOException {
    try (var daemon = answering(200, "tar")) {
      assertEquals(0, shell.argosy(daemon, "save", "a:1", "b"));
      assertEquals("tar", shell.out());
      Path file = directory.resolve("x.tar");
      Files.writeString(file, "something longer");
      assertEquals(0, shell.argosy(daemon, "save", "-o", file.toString(), "a:1"));
      assertEquals("tar", Files.readString(file));
      assertEquals(
          List.of("GET /images/get?names=a%3A1&names=b", "GET /images/get?names=a%3A1"),
          daemon.requests());
    }
  }

  @Test
  void a_save_that_fails_leaves_the_file_as_it_was() throws IOException {
    Path file = directory.resolve("x.tar");
    Files.writeString(file, "old");
    ScriptedDaemon.Script script =
        exchange -> {
          if (exchange.line().contains("nope")) {
            exchange.answer(404, GONE);
          } else {
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
          }
        };
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(1, shell.argosy(daemon, "save", "-o", file.toString(), "nope"));
      assertEquals("argosy: No such image: nope\n", shell.err());
      assertEquals(1, shell.argosy(daemon, "save", "-o", file.toString(), "a"));
      assertTrue(shell.err().contains("closed the connection in the middle"));
      assertEquals("old", Files.readString(file));
      assertEquals(1, shell.argosy(daemon, "save", "-o", directory + "/no/x.tar", "a"));
      assertTrue(shell.err().contains(directory + "/no"), "names the folder that is not there");
      try (var left = Files.list(directory)) {
        assertEquals(List.of(file), left.toList());
      }
    }
  }

  @Test
  void load_sends_the_tar_and_shows_what_came_of_it() throws IOException {
    ScriptedDaemon.Script script =
        exchange ->
            exchange.answer(
                200, exchange.body().startsWith("bad") ? failure("no tar") : stream("Loaded"));
    Path file = directory.resolve("x.tar");
    Files.writeString(file, "from a file");
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(0, shell.typing("from stdin").argosy(daemon, "load"));
      assertEquals(0, shell.argosy(daemon, "load", "-q", "-i", file.toString()));
      assertEquals("Loaded\nLoaded\n", shell.out());
      assertEquals(1, shell.typing("bad").argosy(daemon, "image", "load"));
      assertEquals("argosy: no tar\n", shell.err());
      assertEquals(1, shell.argosy(daemon, "load", "-i", directory + "/nope"));
      assertTrue(shell.err().contains("nope"));
      String load = "POST /images/load?quiet=1 ";
      assertEquals(
          List.of(load + "from stdin", load + "from a file", load + "bad"), daemon.requests());
    }
  }

  @Test
  void import_sends_a_file_or_stdin_and_prints_the_id() throws IOException {
    Path file = directory.resolve("x.tar");
    Files.writeString(file, "files");
    try (var daemon = answering(200, "{\"status\":\"sha256:abc\"}\n")) {
      assertEquals(0, shell.typing("tar").argosy(daemon, "import", "-", "r:1"));
      assertEquals(
          0,
          shell.argosy(
              daemon,
              "import",
              "-m",
              "a b",
              "--platform",
              "linux/arm64",
              "-c",
              "CMD x",
              "-c",
              "ENV A=1",
              file.toString()));
      assertEquals("sha256:abc\nsha256:abc\n", shell.out());
      assertEquals(
          List.of(
              "POST /images/create?fromSrc=-&repo=r%3A1 tar",
              "POST /images/create?fromSrc=-&message=a%20b&platform=linux%2Farm64"
                  + "&changes=CMD%20x&changes=ENV%20A%3D1 files"),
          daemon.requests());
    }
  }

  @Test
  void import_of_an_address_leaves_the_download_to_the_daemon() throws IOException {
    ScriptedDaemon.Script script =
        (Exchange exchange) -> exchange.answer(200, failure("archive/tar: invalid tar header"));
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(1, shell.typing("nobody reads this").argosy(daemon, "import", "http://h/x.tar"));
      assertEquals("argosy: archive/tar: invalid tar header\n", shell.err());
      assertEquals(
          List.of("POST /images/create?fromSrc=http%3A%2F%2Fh%2Fx.tar"), daemon.requests());
    }
  }

  @Test
  void search_lists_what_the_registry_found() throws IOException {
    String found =
        "[{\"name\":\"busybox\",\"description\":\"Small\",\"star_count\":3,\"is_official\":true},"
            + "{\"name\":\"me/busybox\",\"description\":\"\",\"star_count\":0,\"is_official\":false}]";
    try (var daemon = answering(200, found)) {
      assertEquals(
          0, shell.argosy(daemon, "search", "--limit", "2", "-f", "is-official=true", "busybox"));
      assertEquals(
          """
          NAME         DESCRIPTION   STARS     OFFICIAL
          busybox      Small         3         [OK]
          me/busybox                 0        \s
          """,
          shell.out());
      assertEquals(
          List.of(
              "GET /images/search?term=busybox&limit=2"
                  + "&filters=%7B%22is-official%22%3A%5B%22true%22%5D%7D"),
          daemon.requests());
      assertEquals(1, shell.argosy(daemon, "search", "-f", "stars", "busybox"));
      assertEquals("argosy: --filter: \"stars\" is not NAME=VALUE\n", shell.err());
      assertEquals(1, daemon.requests().size());
    }
    try (var daemon = answering(500, "{\"message\":\"the registry is away\"}")) {
      assertEquals(1, shell.argosy(daemon, "search", "busybox"));
      assertEquals("argosy: the registry is away\n", shell.err());
      assertFalse(shell.out().contains("NAME"));
    }
  }

  private static String stream(String line) {
    return "{\"stream\":\"" + line + "\\n\"}\n";
  }

  private static String failure(String reason) {
    return "{\"errorDetail\":{\"message\":\"" + reason + "\"},\"error\":\"" + reason + "\"}\n";
  }
}
