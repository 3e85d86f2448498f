package argosy.engine.netlink;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The kernel's side of the networks: bridges, namespaces, links, the packet filter. Every call
 * blocks and is to be made on {@link #executor()}, whose threads stay in the network namespace that
 * the wiring was opened in.
 */
public interface Wiring extends AutoCloseable {
  /** What the kernel's limit of 15 characters leaves after the prefix. */
  int LINK_DIGITS = 11;

  Executor executor();

  /** Networks the host has routes to, but for those through these interfaces. */
  List<Subnet> routed(Set<String> except);

  /** True when the host has an interface of that name. */
  boolean hasLink(String name);

  /** The first and the last port the kernel gives out by itself. */
  PortRange ephemeralPorts();

  record PortRange(int first, int last) {}

  /**
   * Takes over after a start: exactly these networks and these containers are left, whatever else
   * of ours lies about is removed.
   */
  void reconcile(Collection<Bridge> bridges, Collection<Standing> running);

  /** A container that runs, and the links that it should have. */
  record Standing(Wired wired, List<Plug> plugs) {
    public Standing {
      plugs = List.copyOf(plugs);
    }
  }

  /** Makes a network's bridge as it is described, or brings it into that form. */
  void addBridge(Bridge bridge);

  /** Idempotent. */
  void removeBridge(String name);

  /**
   * Makes a namespace, plugs it into its networks and publishes its ports; on failure nothing is
   * left. Throws {@link PortTaken} when the host can not give a port.
   */
  Wired connect(List<Plug> plugs, List<Forward> forwards);

  /**
   * Changes a container that runs: takes links out, puts others in, leads its default route
   * elsewhere, publishes other ports. On failure nothing of it has happened, as far as the kernel
   * lets itself be turned back. Throws {@link PortTaken} when the host can not give a port.
   */
  void rewire(String path, Rewiring change);

  /**
   * Publishes other ports of a container that runs, all or none of them. Throws {@link PortTaken}
   * when the host can not give a port.
   */
  void republish(Collection<Forward> withdrawn, Collection<Forward> published);

  /**
   * What changes in a container.
   *
   * @param out numbers of interfaces that go
   * @param in interfaces that come; their gateways are not looked at
   * @param gateways where the default routes lead afterwards, at most one of each family
   */
  record Rewiring(
      List<Integer> out,
      List<Plug> in,
      List<Ip> gateways,
      List<Forward> withdrawn,
      List<Forward> published) {
    public Rewiring {
      out = List.copyOf(out);
      in = List.copyOf(in);
      gateways = List.copyOf(gateways);
      withdrawn = List.copyOf(withdrawn);
      published = List.copyOf(published);
    }
  }

  /**
   * Takes it back. The links go with the namespace, soon; call {@link #unplug} when they must be
   * gone. Idempotent.
   */
  void disconnect(Wired wired);

  /** Removes the links that outlived their namespace. Idempotent. */
  void unplug(Wired wired);

  /**
   * A connected container.
   *
   * @param path the namespace's file
   * @param links the host side's interfaces
   */
  record Wired(String path, List<String> links, List<Forward> forwards) {
    public Wired {
      links = List.copyOf(links);
      forwards = List.copyOf(forwards);
    }
  }

  /** The host's end of a container's n-th interface, told from the namespace's file. */
  static String link(String path, int number) {
    String digits = Integer.toHexString(number);
    String name = path.substring(path.lastIndexOf('/') + 1);
    return "argo" + name.substring(0, LINK_DIGITS - digits.length()) + digits;
  }

  /** Lets go of the kernel; networks and containers stay as they are. */
  @Override
  void close();
}
