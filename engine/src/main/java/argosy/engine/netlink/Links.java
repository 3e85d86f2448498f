package argosy.engine.netlink;

import argosy.engine.linux.SystemCallFailed;
import java.util.List;
import java.util.Optional;

/** Network interfaces (rtnetlink(7), RTM_*LINK). */
final class Links {
  private static final int NEW = 16;
  private static final int DELETE = 17;
  private static final int GET = 18;
  private static final int ADDRESS = 1;
  private static final int NAME = 3;
  private static final int MTU = 4;
  private static final int MASTER = 10;
  private static final int INFO = 18;
  private static final int NAMESPACE = 28;
  private static final int EXTENDED = 29;
  private static final int KIND = 1;
  private static final int DATA = 2;
  private static final int SLAVE_KIND = 4;
  private static final int SLAVE_DATA = 5;
  private static final int VETH_PEER = 1;
  private static final int PORT_HAIRPIN = 4;
  private static final int SKIP_STATISTICS = 8;
  private static final int UP = 1;
  private static final int HEADER = 16;

  private final Netlink kernel;

  Links(Netlink kernel) {
    this.kernel = kernel;
  }

  List<Link> all() {
    var request =
        new NetlinkRequest(GET, NetlinkRequest.DUMP)
            .link(0, 0, 0)
            .attribute(EXTENDED, SKIP_STATISTICS);
    return kernel.ask("list links", request).stream().map(Links::read).toList();
  }

  Optional<Link> find(String name) {
    var request =
        new NetlinkRequest(GET, NetlinkRequest.ACK)
            .link(0, 0, 0)
            .attribute(NAME, name)
            .attribute(EXTENDED, SKIP_STATISTICS);
    try {
      return kernel.ask("find link " + name, request).stream().map(Links::read).findFirst();
    } catch (SystemCallFailed e) {
      if (e.is(SystemCallFailed.ENODEV)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A bridge that keeps its own hardware address whatever is plugged in. */
  void addBridge(String name, byte[] mac) {
    kernel.execute(
        "add bridge " + name,
        creation()
            .link(0, 0, 0)
            .attribute(NAME, name)
            .attribute(ADDRESS, mac)
            .nested(INFO, info -> info.attribute(KIND, "bridge")));
  }

  /** A pair of links, both down: {@code host} here, {@code peer} in the other namespace. */
  void addPair(String host, Peer peer) {
    kernel.execute(
        "add link " + host,
        creation()
            .link(0, 0, 0)
            .attribute(NAME, host)
            .nested(
                INFO,
                info ->
                    info.attribute(KIND, "veth")
                        .nested(DATA, data -> data.nested(VETH_PEER, peer::write))));
  }

  /** The far end of a pair; {@code namespace} is a descriptor of the namespace it is made in. */
  record Peer(String name, int namespace) {
    private void write(NetlinkRequest request) {
      request.link(0, 0, 0).attribute(NAME, name).attribute(NAMESPACE, namespace);
    }
  }

  /**
   * Plugs a link into a bridge and brings it up; the bridge may send a frame back out of the port
   * it came from: how a container reaches its own published port where bridged frames pass the
   * packet filter (bridge-nf-call-iptables).
   */
  void plug(String link, int bridge, int mtu) {
    kernel.executeAll(
        "plug in link " + link,
        List.of(
            new NetlinkRequest(NEW, NetlinkRequest.ACK)
                .link(0, UP, UP)
                .attribute(NAME, link)
                .attribute(MTU, mtu)
                .attribute(MASTER, bridge),
            hairpin(link)));
  }

  /** Gives a link that is down its name and hardware address and brings it up. */
  static NetlinkRequest up(int index, String name, byte[] mac, int mtu) {
    return new NetlinkRequest(NEW, NetlinkRequest.ACK)
        .link(index, UP, UP)
        .attribute(NAME, name)
        .attribute(ADDRESS, mac)
        .attribute(MTU, mtu);
  }

  void up(int index) {
    kernel.execute(
        "bring up link " + index, new NetlinkRequest(NEW, NetlinkRequest.ACK).link(index, UP, UP));
  }

  void mtu(int index, int mtu) {
    kernel.execute(
        "set the mtu of link " + index,
        new NetlinkRequest(NEW, NetlinkRequest.ACK).link(index, 0, 0).attribute(MTU, mtu));
  }

  private static NetlinkRequest hairpin(String port) {
    return new NetlinkRequest(NEW, NetlinkRequest.ACK)
        .link(0, 0, 0)
        .attribute(NAME, port)
        .nested(
            INFO,
            info ->
                info.attribute(SLAVE_KIND, "bridge")
                    .nested(SLAVE_DATA, data -> data.attribute(PORT_HAIRPIN, (byte) 1)));
  }

  /** Idempotent. Waits until the kernel has freed it: {@link Removal} does not. */
  void delete(String name) {
    try {
      kernel.execute(
          "delete link " + name,
          new NetlinkRequest(DELETE, NetlinkRequest.ACK).link(0, 0, 0).attribute(NAME, name));
    } catch (SystemCallFailed e) {
      if (!e.is(SystemCallFailed.ENODEV)) {
        throw e;
      }
    }
  }

  private static NetlinkRequest creation() {
    return new NetlinkRequest(
        NEW, NetlinkRequest.ACK | NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE);
  }

  private static Link read(NetlinkReply reply) {
    var attributes = reply.attributes(HEADER);
    return new Link(
        reply.body().getInt(4),
        attributes.text(NAME),
        attributes.nested(INFO).text(KIND),
        attributes.number(MASTER, 0));
  }
}
