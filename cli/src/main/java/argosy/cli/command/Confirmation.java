package argosy.cli.command;

import java.io.IOException;

/** The question before something is lost. */
public final class Confirmation {
  private Confirmation() {}

  /** Whether the user says yes on stdin; what will be lost is said first. */
  public static boolean given(Console console, String warning) throws IOException {
    console.out().print("WARNING! " + warning + "\nAre you sure you want to continue? [y/N] ");
    console.out().flush();
    int first = console.in().read();
    return first == 'y' || first == 'Y';
  }
}
