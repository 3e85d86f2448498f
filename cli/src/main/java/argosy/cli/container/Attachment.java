package argosy.cli.container;

import argosy.cli.client.Line;
import argosy.cli.command.Console;
import argosy.cli.output.Frames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A user's streams joined to a container's: keys go in until stdin ends, which is passed on as a
 * half-close; output comes until the daemon ends it.
 */
final class Attachment {
  private final Line line;
  private final Console console;
  private final boolean tty;
  private final DetachKeys keys;
  private volatile boolean leaving;

  Attachment(Line line, Console console, boolean tty, DetachKeys keys) {
    this.line = line;
    this.console = console;
    this.tty = tty;
    this.keys = keys;
  }

  /** Passes stdin on from now, until it ends. */
  void sendInput() {
    Thread.ofPlatform().daemon().name("stdin").start(this::pumpInput);
  }

  private void pumpInput() {
    InputStream in = console.in();
    OutputStream out = line.output();
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        leaving = tty && keys.typed(buffer, count);
        out.write(buffer, 0, count);
      }
      line.endOutput();
    } catch (IOException theContainerIsGone) {
      // its output says what there is to say
    }
  }

  /** Shows output until it ends; true when it ended because the user left. */
  boolean showOutput() throws IOException {
    try (line) {
      if (tty) {
        Frames.copyRaw(line.input(), console.out());
      } else {
        Frames.copy(line.input(), console.out(), console.err());
      }
    }
    return leaving;
  }
}
