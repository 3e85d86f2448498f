package argosy.cli;

import static argosy.cli.CommandLine.answering;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.cli.client.ScriptedDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes in and out as tars, and removed. */
class VolumeCommandsTest {
  @TempDir Path directory;
  private final CommandLine shell = new CommandLine();

  @Test
  void a_volume_is_written_to_stdout_or_to_a_file() throws IOException {
    Path file = directory.resolve("v.tar");
    try (var daemon = answering(200, "tar")) {
      assertEquals(0, shell.argosy(daemon, "volume", "export", "v"));
      assertEquals("tar", shell.out());
      assertEquals(
          0, shell.argosy(daemon, "volume", "export", "--pause", "-o", file.toString(), "v"));
      assertEquals("tar", Files.readString(file));
      assertEquals(
          List.of("GET /volumes/v/archive", "GET /volumes/v/archive?pause=1"), daemon.requests());
    }
  }

  @Test
  void an_export_that_fails_leaves_the_file_as_it_was() throws IOException {
    Path file = directory.resolve("v.tar");
    Files.writeString(file, "old");
    ScriptedDaemon.Script script =
        exchange -> {
          if (exchange.line().contains("/nope/")) {
            exchange.answer(404, "{\"message\":\"get nope: no such volume\"}");
          } else {
            exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
          }
        };
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(1, shell.argosy(daemon, "volume", "export", "-o", file.toString(), "nope"));
      assertEquals("argosy: get nope: no such volume\n", shell.err());
      assertEquals(1, shell.argosy(daemon, "volume", "export", "-o", file.toString(), "v"));
      assertTrue(shell.err().contains("closed the connection"));
      assertEquals("old", Files.readString(file));
      try (var left = Files.list(directory)) {
        assertEquals(List.of(file), left.toList());
      }
    }
  }

  @Test
  void a_volume_is_made_of_stdin_or_of_a_file() throws IOException {
    Path file = directory.resolve("v.tar");
    Files.writeString(file, "from a file");
    try (var daemon = answering(201, "{\"Name\":\"v\"}")) {
      assertEquals(0, shell.typing("from stdin").argosy(daemon, "volume", "import", "v"));
      assertEquals(0, shell.argosy(daemon, "volume", "import", "-f", "-i", file.toString(), "v"));
      assertEquals("v\nv\n", shell.out());
      assertEquals(
          List.of(
              "PUT /volumes/v/archive from stdin", "PUT /volumes/v/archive?force=1 from a file"),
          daemon.requests());
    }
    try (var daemon = answering(409, "{\"message\":\"volume v is not empty\"}")) {
      assertEquals(1, shell.typing("tar").argosy(daemon, "volume", "import", "v"));
      assertEquals("argosy: volume v is not empty\n", shell.err());
      assertEquals(1, shell.argosy(daemon, "volume", "import", "-i", directory + "/nope", "v"));
      assertTrue(shell.err().contains("nope"));
    }
  }

  @Test
  void volumes_are_removed_one_by_one() throws IOException {
    ScriptedDaemon.Script script =
        exchange -> {
          boolean used = exchange.line().contains("/used");
          exchange.answer(used ? 409 : 204, used ? "{\"message\":\"volume is in use\"}" : "");
        };
    try (var daemon = ScriptedDaemon.onUnix(script)) {
      assertEquals(1, shell.argosy(daemon, "volume", "rm", "-f", "a", "used", "b"));
      assertEquals("a\nb\n", shell.out());
      assertEquals("argosy: volume is in use\n", shell.err());
      assertEquals(
          List.of(
              "DELETE /volumes/a?force=1",
              "DELETE /volumes/used?force=1",
              "DELETE /volumes/b?force=1"),
          daemon.requests());
      assertEquals(0, shell.argosy(daemon, "volume", "rm", "a"));
      assertEquals("DELETE /volumes/a", daemon.requests().getLast());
    }
  }
}
