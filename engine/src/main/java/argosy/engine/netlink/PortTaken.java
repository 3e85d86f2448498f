package argosy.engine.netlink;

import java.net.BindException;

/** A published port that the host could not give: another program has it, or no such address. */
public final class PortTaken extends RuntimeException {
  private final transient Forward forward;

  public PortTaken(Forward forward, BindException cause) {
    super(text(forward, cause), cause);
    this.forward = forward;
  }

  public Forward forward() {
    return forward;
  }

  /** In the words of Docker's proxy, which are Go's. */
  private static String text(Forward forward, BindException cause) {
    String address = Cidr.text(forward.hostAddress()) + ":" + forward.hostPort();
    String why = String.valueOf(cause.getMessage()).toLowerCase(java.util.Locale.ROOT);
    return forward.protocol().equals("udp")
        ? "listen udp4 " + address + ": bind: " + why
        : "listen tcp4 " + address + ": bind: " + why;
  }
}
