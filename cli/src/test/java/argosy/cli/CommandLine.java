package argosy.cli;

import argosy.cli.client.ScriptedDaemon;
import argosy.cli.client.ScriptedDaemon.Exchange;
import argosy.cli.command.Console;
import argosy.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A shell without a terminal in which a test calls argosy, and what it has read from it so far. */
final class CommandLine {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String input = "";

  private static final Terminal NONE =
      new Terminal() {
        @Override
        public boolean input() {
          return false;
        }

        @Override
        public boolean output() {
          return false;
        }

        @Override
        public boolean error() {
          return false;
        }

        @Override
        public Size size() {
          return new Size(0, 0);
        }

        @Override
        public Closeable raw() {
          return () -> {};
        }

        @Override
        public void onResize(Runnable change) {}
      };

  /** A daemon that answers every request the same. */
  static ScriptedDaemon answering(int status, String body) throws IOException {
    return ScriptedDaemon.onUnix((Exchange exchange) -> exchange.answer(status, body));
  }

  /** What the next calls find on stdin, each from its beginning. */
  CommandLine typing(String text) {
    input = text;
    return this;
  }

  /** The exit code. */
  int argosy(ScriptedDaemon daemon, String... args) throws IOException {
    var all = new ArrayList<>(List.of("-H", daemon.url()));
    all.addAll(List.of(args));
    return argosy(Map.of(), all.toArray(String[]::new));
  }

  /** The exit code; which daemon it is stands in the environment or in {@code args}. */
  int argosy(Map<String, String> environment, String... args) {
    var console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            NONE);
    return new Argosy(console, environment).run(List.of(args));
  }

  /** All of stdout since the last call of this. */
  String out() {
    return taken(out);
  }

  /** All of stderr since the last call of this. */
  String err() {
    return taken(err);
  }

  private static String taken(ByteArrayOutputStream stream) {
    String text = stream.toString(StandardCharsets.UTF_8);
    stream.reset();
    return text;
  }
}
