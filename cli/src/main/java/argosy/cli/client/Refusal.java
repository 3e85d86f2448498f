package argosy.cli.client;

import java.io.IOException;

/** The daemon answered, and said no: its message, made for the user. */
public final class Refusal extends IOException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String said;

  public Refusal(int status, String message) {
    super(message);
    this.status = status;
    this.said = message;
  }

  /** The HTTP status, 400 or more. */
  public int status() {
    return status;
  }

  /** The daemon's own words. */
  public String said() {
    return said;
  }
}
