package argosy.engine.netlink;

import argosy.engine.linux.SystemCallFailed;
import java.util.List;

/** IPv4 addresses and routes (rtnetlink(7), RTM_*ADDR and RTM_*ROUTE). */
final class Addresses {
  private static final int NEW_ADDRESS = 20;
  private static final int DELETE_ADDRESS = 21;
  private static final int GET_ADDRESS = 22;
  private static final int NEW_ROUTE = 24;
  private static final int DELETE_ROUTE = 25;
  private static final int GET_ROUTE = 26;
  private static final int IPV4 = 2;
  private static final int LOCAL = 2;
  private static final int PEER = 1;
  private static final int BROADCAST = 4;
  private static final int DESTINATION = 1;
  private static final int OUTPUT = 4;
  private static final int GATEWAY = 5;
  private static final int MAIN_TABLE = 254;
  private static final int BY_BOOT = 3;
  private static final int UNICAST = 1;
  private static final int ADDRESS_HEADER = 8;
  private static final int ROUTE_HEADER = 12;

  private final Netlink kernel;

  Addresses(Netlink kernel) {
    this.kernel = kernel;
  }

  /** {@code link}: the index of the interface that has it. */
  record Address(int link, Cidr cidr) {}

  /** {@code link}: the index of the interface it leads out of, or 0. */
  record Route(int link, Cidr destination) {}

  void add(int link, Cidr cidr) {
    kernel.execute(
        "add address " + cidr,
        address(
                NEW_ADDRESS,
                NetlinkRequest.ACK | NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE,
                link,
                cidr)
            .address(BROADCAST, cidr.last()));
  }

  void remove(int link, Cidr cidr) {
    kernel.execute(
        "remove address " + cidr, address(DELETE_ADDRESS, NetlinkRequest.ACK, link, cidr));
  }

  List<Address> all() {
    var request =
        new NetlinkRequest(GET_ADDRESS, NetlinkRequest.DUMP)
            .bytes((byte) IPV4, (byte) 0, (byte) 0, (byte) 0)
            .number(0);
    return kernel.ask("list addresses", request).stream().map(Addresses::readAddress).toList();
  }

  void addDefaultRoute(int gateway) {
    kernel.execute(
        "add the default route", defaultRoute(NEW_ROUTE, NetlinkRequest.EXCLUSIVE, gateway));
  }

  /** Leads the default route there, whether there was one or not. */
  void replaceDefaultRoute(int gateway) {
    kernel.execute(
        "lead the default route elsewhere",
        defaultRoute(NEW_ROUTE, NetlinkRequest.REPLACE, gateway));
  }

  /** Idempotent. */
  void removeDefaultRoute() {
    try {
      kernel.execute(
          "remove the default route",
          new NetlinkRequest(DELETE_ROUTE, NetlinkRequest.ACK)
              .bytes((byte) IPV4, (byte) 0, (byte) 0, (byte) 0)
              .bytes((byte) MAIN_TABLE, (byte) 0, (byte) 0, (byte) 0)
              .number(0));
    } catch (SystemCallFailed e) {
      if (!e.is(SystemCallFailed.ESRCH)) {
        throw e;
      }
    }
  }

  private static NetlinkRequest defaultRoute(int type, int flag, int gateway) {
    return new NetlinkRequest(type, NetlinkRequest.ACK | NetlinkRequest.CREATE | flag)
        .bytes((byte) IPV4, (byte) 0, (byte) 0, (byte) 0)
        .bytes((byte) MAIN_TABLE, (byte) BY_BOOT, (byte) 0, (byte) UNICAST)
        .number(0)
        .address(GATEWAY, gateway);
  }

  /** The main table's routes to networks; the default route is not one of them. */
  List<Route> routes() {
    var request =
        new NetlinkRequest(GET_ROUTE, NetlinkRequest.DUMP)
            .bytes((byte) IPV4, (byte) 0, (byte) 0, (byte) 0)
            .bytes((byte) 0, (byte) 0, (byte) 0, (byte) 0)
            .number(0);
    return kernel.ask("list routes", request).stream()
        .filter(reply -> Byte.toUnsignedInt(reply.body().get(4)) == MAIN_TABLE)
        .filter(reply -> reply.body().get(1) != 0)
        .map(Addresses::readRoute)
        .toList();
  }

  private static NetlinkRequest address(int type, int flags, int link, Cidr cidr) {
    return new NetlinkRequest(type, flags)
        .bytes((byte) IPV4, (byte) cidr.length(), (byte) 0, (byte) 0)
        .number(link)
        .address(LOCAL, cidr.address())
        .address(PEER, cidr.address());
  }

  private static Address readAddress(NetlinkReply reply) {
    Integer local = reply.attributes(ADDRESS_HEADER).address(LOCAL);
    return new Address(
        reply.body().getInt(4), new Cidr(local == null ? 0 : local, reply.body().get(1)));
  }

  private static Route readRoute(NetlinkReply reply) {
    var attributes = reply.attributes(ROUTE_HEADER);
    Integer destination = attributes.address(DESTINATION);
    return new Route(
        attributes.number(OUTPUT, 0),
        new Cidr(destination == null ? 0 : destination, reply.body().get(1)));
  }
}
