package argosy.engine.netlink;

import argosy.engine.linux.Libc;
import argosy.engine.linux.NetworkNamespace;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A network namespace nobody uses yet, loopback up, with a connection to the kernel inside it.
 *
 * @param inside is in the new namespace, whoever uses it
 * @param first the index of its {@code eth0}, down, whose other end lies on the host; 0 for none
 */
record FreshNamespace(Path file, Netlink inside, int first) {
  /** What the first interface in a container is called. */
  static final String FIRST = "eth0";

  private static final String NO_IPV6 = "ipv6/conf/default/disable_ipv6";

  static FreshNamespace bare(Path directory) {
    Path file = directory.resolve(UUID.randomUUID().toString().replace("-", "").substring(0, 16));
    return new FreshNamespace(file, NetworkNamespace.create(file, FreshNamespace::prepare), 0);
  }

  static FreshNamespace wired(Path directory, Links host) {
    FreshNamespace bare = bare(directory);
    try {
      bare.addPair(host, 0, FIRST);
      return new FreshNamespace(bare.file(), bare.inside(), bare.index(FIRST));
    } catch (RuntimeException e) {
      bare.discard();
      throw e;
    }
  }

  /** A pair of links between here and there; the one there is called {@code name}. */
  void addPair(Links host, int number, String name) {
    int namespace = NetworkNamespace.open(file);
    try {
      host.addPair(link(number), new Links.Peer(name, namespace));
    } finally {
      Libc.close(namespace);
    }
  }

  int index(String name) {
    return new Links(inside)
        .find(name)
        .orElseThrow(() -> new IllegalStateException("the interface " + name + " is missing"))
        .index();
  }

  /** Runs in it; blocks. */
  void within(Runnable work) {
    NetworkNamespace.enter(
        file,
        () -> {
          work.run();
          return file;
        });
  }

  /** The host's end of the container's n-th interface. */
  String link(int number) {
    return Wiring.link(file.toString(), number);
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
  private static Netlink prepare() {
    var inside = Netlink.route();
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
