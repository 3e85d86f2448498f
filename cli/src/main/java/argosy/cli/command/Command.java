package argosy.cli.command;

import java.io.IOException;

/** One command of the tree: what it takes, and what it does. */
public interface Command {
  /** Its name, options and operands. */
  Form form();

  /**
   * Does it.
   *
   * @return the exit code
   * @throws IOException with a sentence for the user when it could not be done
   * @throws IllegalArgumentException with a sentence for the user when its arguments make no sense
   */
  int run(Invocation invocation) throws IOException;
}
