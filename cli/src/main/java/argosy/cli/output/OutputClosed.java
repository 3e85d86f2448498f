package argosy.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Nobody reads what is written any more, as in {@code argosy logs -f web | head -1}. Other programs
 * are ended by a signal then; the JVM ignores it.
 */
public final class OutputClosed extends IOException {
  private static final long serialVersionUID = 1L;

  private OutputClosed() {
    super("the output is closed");
  }

  /** Flushes. */
  public static void check(OutputStream out) throws IOException {
    out.flush();
    if (out instanceof PrintStream shown && shown.checkError()) {
      throw new OutputClosed();
    }
  }
}
