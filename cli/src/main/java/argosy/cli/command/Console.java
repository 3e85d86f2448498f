package argosy.cli.command;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The three streams of the process, and the terminal behind them, if there is one. */
public record Console(InputStream in, PrintStream out, PrintStream err, Terminal terminal) {
  private static final int BUFFER = 8 * 1024;

  /** The process's own. What is written to {@code out} waits for a flush. */
  public static Console system() {
    var out = new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Terminal.system());
  }

  /** One line on stderr, after what stdout has to say. */
  public void complain(String sentence) {
    out.flush();
    err.println("argosy: " + sentence);
  }
}
