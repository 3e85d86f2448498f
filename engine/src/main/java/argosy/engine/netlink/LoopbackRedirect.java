package argosy.engine.netlink;

/**
 * Leads a well-known port on a loopback address elsewhere, in the network namespace of the thread
 * that asks for it. The rules are a table of our own; an old one is replaced in one step.
 */
public final class LoopbackRedirect {
  private static final String TABLE = "ip argosy_names";

  private LoopbackRedirect() {}

  /** {@code udp}, {@code tcp}: the ports that get what is sent to {@code port}. */
  public static void install(String address, int port, int udp, int tcp) {
    try (var filter = Nftables.open()) {
      filter.run(commands(address, port, udp, tcp));
    }
  }

  static String commands(String address, int port, int udp, int tcp) {
    return """
    table %1$s
    delete table %1$s
    table %1$s {
    chain own {
    type nat hook output priority -100; policy accept;
    ip daddr %2$s udp dport %3$d dnat to %2$s:%4$d
    ip daddr %2$s tcp dport %3$d dnat to %2$s:%5$d
    }
    }
    """
        .formatted(TABLE, address, port, udp, tcp);
  }
}
