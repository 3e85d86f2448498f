package argosy.cli.client;

import java.io.IOException;

/** Nobody answered at the daemon's address. */
public final class Unreachable extends IOException {
  private static final long serialVersionUID = 1L;

  Unreachable(Address address, IOException cause) {
    super(sentence(address, cause), cause);
  }

  private static String sentence(Address address, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    return reason.contains("Permission denied")
        ? "no permission to reach the daemon at " + address + ": are you root or in its group?"
        : "can not reach the daemon at " + address + ": is argosyd running?";
  }
}
