package argosy.engine.netlink;

import argosy.engine.linux.NetworkNamespace;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A network namespace nobody uses yet, loopback up, with a connection to the kernel inside it.
 *
 * @param inside is in the new namespace, whoever uses it
 */
record FreshNamespace(Path file, Rtnetlink inside) {
  private static final String NO_IPV6 = "ipv6/conf/default/disable_ipv6";

  static FreshNamespace in(Path directory) {
    Path file = directory.resolve(UUID.randomUUID().toString().replace("-", "").substring(0, 16));
    return new FreshNamespace(file, NetworkNamespace.create(file, FreshNamespace::prepare));
  }

  /** The container has it now: only the connection is closed. */
  void handOver() {
    inside.close();
  }

  void discard() {
    inside.close();
    NetworkNamespace.release(file);
  }

  /** Runs inside. Without an IPv6 network its links get no IPv6 address of their own. */
  private static Rtnetlink prepare() {
    var inside = Rtnetlink.open();
    try {
      var links = new Links(inside);
      links.up(links.find("lo").orElseThrow().index());
      if (Sysctl.exists(NO_IPV6)) {
        Sysctl.enable(NO_IPV6);
      }
      return inside;
    } catch (RuntimeException e) {
      inside.close();
      throw e;
    }
  }
}
