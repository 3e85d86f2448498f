package argosy.cli.container;

import argosy.cli.client.Line;
import argosy.cli.command.Console;
import argosy.cli.output.Frames;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A user's streams joined to a container's: keys go in until stdin ends, which is passed on as a
 * half-close; output comes until the daemon ends it.
 */
final class Attachment {
  private static final byte CTRL_P = 0x10;
  private static final byte CTRL_Q = 0x11;
  private final Line line;
  private final Console console;
  private final boolean tty;
  private volatile boolean leaving;

  Attachment(Line line, Console console, boolean tty) {
    this.line = line;
    this.console = console;
    this.tty = tty;
  }

  /** Passes stdin on from now, until it ends. */
  void sendInput() {
    Thread.ofPlatform().daemon().name("stdin").start(this::pumpInput);
  }

  private void pumpInput() {
    InputStream in = console.in();
    OutputStream out = line.output();
    byte[] buffer = new byte[32 * 1024];
    byte last = 0;
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        byte previous = count > 1 ? buffer[count - 2] : last;
        last = buffer[count - 1];
        leaving = tty && previous == CTRL_P && last == CTRL_Q;
        out.write(buffer, 0, count);
      }
      line.endOutput();
    } catch (IOException theContainerIsGone) {
      // its output says what there is to say
    }
  }

  /** Shows output until it ends; true when it ended because the user left with ctrl-p ctrl-q. */
  boolean showOutput() throws IOException {
    try (Closeable _ = line::close) {
      if (tty) {
        Frames.copyRaw(line.input(), console.out());
      } else {
        Frames.copy(line.input(), console.out(), console.err());
      }
    }
    return leaving;
  }
}
