package argosy.engine.netlink;

import argosy.engine.linux.SystemCallFailed;
import java.util.Locale;

/** A published port that the host could not give: another program has it, or no such address. */
public final class PortTaken extends RuntimeException {
  private final transient Forward forward;

  PortTaken(Forward forward, SystemCallFailed cause) {
    super(text(forward, cause), cause);
    this.forward = forward;
  }

  /** Another program has it. */
  public PortTaken(Forward forward) {
    this(forward, new SystemCallFailed("bind", SystemCallFailed.EADDRINUSE));
  }

  public Forward forward() {
    return forward;
  }

  /** In Docker 28's words, which are Go's. */
  private static String text(Forward forward, SystemCallFailed cause) {
    if (cause.is(SystemCallFailed.EPROTONOSUPPORT)) {
      return "this kernel has no %s, so port %d/%s can not be published"
          .formatted(
              forward.protocol().toUpperCase(Locale.ROOT), forward.port(), forward.protocol());
    }
    return "failed to bind host port for %s:%d:%s:%d/%s: %s"
        .formatted(
            bracketed(forward.hostAddress()),
            forward.hostPort(),
            bracketed(forward.address()),
            forward.port(),
            forward.protocol(),
            why(cause));
  }

  private static String why(SystemCallFailed cause) {
    String words = String.valueOf(cause.getMessage());
    return words.substring(words.lastIndexOf(": ") + 2).toLowerCase(Locale.ROOT);
  }

  private static String bracketed(Ip address) {
    return address.six() ? "[" + address + "]" : address.toString();
  }
}
