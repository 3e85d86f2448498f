package argosy.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.cli.client.Refusal;
import argosy.cli.client.ScriptedDaemon.Exchange;
import argosy.cli.json.JsonStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A container's output and a pull's progress. */
class FramesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static ByteArrayInputStream stream(byte[]... parts) throws IOException {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return new ByteArrayInputStream(all.toByteArray());
  }

  @Test
  void frames_go_to_their_streams() throws IOException {
    String large = "x".repeat(100_000);
    Frames.copy(
        stream(Exchange.frame(1, "out "), Exchange.frame(2, "err"), Exchange.frame(1, large)),
        out,
        err);
    assertEquals("out " + large, out.toString(StandardCharsets.UTF_8));
    assertEquals("err", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void the_daemons_own_words_are_an_error() {
    var failure =
        assertThrows(
            IOException.class, () -> Frames.copy(stream(Exchange.frame(3, "broken\n")), out, err));
    assertEquals("broken", failure.getMessage());
    assertThrows(
        IOException.class,
        () -> Frames.copy(stream("raw text".getBytes(StandardCharsets.UTF_8)), out, err));
  }

  @Test
  void an_output_that_nobody_reads_ends_the_copy() {
    var closed =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            false,
            StandardCharsets.UTF_8);
    assertThrows(
        OutputClosed.class, () -> Frames.copy(stream(Exchange.frame(1, "x")), closed, err));
    assertThrows(OutputClosed.class, () -> Frames.copyRaw(stream(Exchange.frame(1, "x")), closed));
  }

  private String progress(boolean terminal, String steps) throws IOException {
    var shown = new PrintStream(out, true, StandardCharsets.UTF_8);
    new Progress(shown, terminal)
        .show(new JsonStream(new ByteArrayInputStream(steps.getBytes(StandardCharsets.UTF_8))));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static final String PULL =
      """
      {"status":"Pulling from a","id":"latest"}
      {"status":"Pulling fs layer","progressDetail":{},"id":"l1"}
      {"status":"Downloading","progressDetail":{"current":10,"total":2000},"id":"l1"}
      {"status":"Pull complete","progressDetail":{},"id":"l1"}
      {"status":"Digest: sha256:1"}
      """;

  @Test
  void without_a_terminal_each_step_is_a_line() throws IOException {
    assertEquals(
        """
        latest: Pulling from a
        l1: Pulling fs layer
        l1: Pull complete
        Digest: sha256:1
        """,
        progress(false, PULL));
  }

  @Test
  void on_a_terminal_a_layer_keeps_its_line() throws IOException {
    String up = "\033[1A\r\033[2Kl1: ";
    String down = "\r\033[1B";
    assertEquals(
        "latest: Pulling from a\nl1: Pulling fs layer\n"
            + (up + "Downloading  10B/2kB" + down)
            + (up + "Pull complete" + down)
            + "Digest: sha256:1\n",
        progress(true, PULL));
  }

  @Test
  void a_failure_in_the_stream_is_a_refusal() {
    var refusal =
        assertThrows(
            Refusal.class,
            () -> progress(false, "{\"errorDetail\":{\"message\":\"no\"},\"error\":\"no\"}"));
    assertEquals("no", refusal.said());
  }
}
