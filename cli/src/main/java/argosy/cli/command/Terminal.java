package argosy.cli.command;

import java.io.Closeable;
import java.io.IOException;

/** The terminal that a user sits at. */
public interface Terminal {
  /** Whether stdin is one. */
  boolean input();

  /** Whether stdout is one. */
  boolean output();

  /** Whether stderr is one. */
  boolean error();

  /** Lines and columns; zeros when nobody knows. */
  Size size();

  /** Passes every key on as it is typed, unechoed, until closed. */
  Closeable raw() throws IOException;

  /** Told, on some thread, whenever the window has another size. */
  void onResize(Runnable change);

  record Size(int lines, int columns) {}

  /** The process's own. */
  static Terminal system() {
    return new SystemTerminal();
  }
}
