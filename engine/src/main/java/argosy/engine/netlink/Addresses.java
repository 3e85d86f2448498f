package argosy.engine.netlink;

import argosy.engine.linux.SystemCallFailed;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** IP addresses and routes of both families (rtnetlink(7), RTM_*ADDR and RTM_*ROUTE). */
final class Addresses {
  private static final int NEW_ADDRESS = 20;
  private static final int DELETE_ADDRESS = 21;
  private static final int GET_ADDRESS = 22;
  private static final int NEW_ROUTE = 24;
  private static final int DELETE_ROUTE = 25;
  private static final int GET_ROUTE = 26;
  private static final byte ANY_FAMILY = 0;
  private static final byte IPV4 = 2;
  private static final byte IPV6 = 10;
  private static final int LOCAL = 2;
  private static final int PEER = 1;
  private static final int BROADCAST = 4;
  private static final int DESTINATION = 1;
  private static final int OUTPUT = 4;
  private static final int GATEWAY = 5;
  private static final int MAIN_TABLE = 254;
  private static final int BY_BOOT = 3;
  private static final int UNICAST = 1;
  private static final int LINK_SCOPE = 253;
  private static final int ADDRESS_HEADER = 8;
  private static final int ROUTE_HEADER = 12;

  /** IPv4 has no such route, IPv6 has no table for one, the kernel has no IPv6 at all. */
  private static final Set<Integer> NO_ROUTE =
      Set.of(SystemCallFailed.ESRCH, SystemCallFailed.ENOENT, SystemCallFailed.EOPNOTSUPP);

  /** An address of which we know that nobody else has it is used at once. */
  private static final byte NO_DUPLICATE_DETECTION = 2;

  private final Netlink kernel;

  Addresses(Netlink kernel) {
    this.kernel = kernel;
  }

  /** {@code link}: the index of the interface that has it. */
  record Address(int link, Subnet subnet, int scope) {
    boolean isLinkLocal() {
      return scope == LINK_SCOPE;
    }
  }

  /** {@code link}: the index of the interface it leads out of, or 0. */
  record Route(int link, Subnet destination) {}

  void add(int link, Subnet subnet) {
    kernel.execute("add address " + subnet, addition(link, subnet));
  }

  static NetlinkRequest addition(int link, Subnet subnet) {
    var request =
        address(
            NEW_ADDRESS,
            NetlinkRequest.ACK | NetlinkRequest.CREATE | NetlinkRequest.EXCLUSIVE,
            link,
            subnet);
    return subnet.six() ? request : request.attribute(BROADCAST, subnet.last().bytes());
  }

  void remove(int link, Subnet subnet) {
    kernel.execute(
        "remove address " + subnet, address(DELETE_ADDRESS, NetlinkRequest.ACK, link, subnet));
  }

  List<Address> all() {
    var request =
        new NetlinkRequest(GET_ADDRESS, NetlinkRequest.DUMP)
            .bytes(ANY_FAMILY, (byte) 0, (byte) 0, (byte) 0)
            .number(0);
    return kernel.ask("list addresses", request).stream()
        .filter(Addresses::isIp)
        .map(Addresses::readAddress)
        .toList();
  }

  /** {@code link}: the index of the interface the gateway is reached by. */
  static NetlinkRequest defaultRoute(Ip gateway, int link) {
    return by(link, gateway, defaultRoute(NEW_ROUTE, NetlinkRequest.EXCLUSIVE, gateway));
  }

  /** Every link has link-local neighbours: there the kernel wants to be told which link it is. */
  private static NetlinkRequest by(int link, Ip gateway, NetlinkRequest route) {
    return gateway.isLinkLocal() ? route.attribute(OUTPUT, link) : route;
  }

  /** Leads the family's default route there, whether there was one or not. */
  void replaceDefaultRoute(Ip gateway) {
    int link = gateway.isLinkLocal() ? neighbour(gateway) : 0;
    kernel.execute(
        "lead the default route elsewhere",
        by(link, gateway, defaultRoute(NEW_ROUTE, NetlinkRequest.REPLACE, gateway)));
  }

  /** The first link that was given an address beside this one; 0 when there is none. */
  private int neighbour(Ip gateway) {
    return all().stream()
        .filter(address -> address.subnet().six() && address.subnet().contains(gateway))
        .mapToInt(Address::link)
        .min()
        .orElse(0);
  }

  /** Idempotent. */
  void removeDefaultRoute(boolean six) {
    try {
      kernel.execute(
          "remove the default route",
          new NetlinkRequest(DELETE_ROUTE, NetlinkRequest.ACK)
              .bytes(family(six), (byte) 0, (byte) 0, (byte) 0)
              .bytes((byte) MAIN_TABLE, (byte) 0, (byte) 0, (byte) 0)
              .number(0));
    } catch (SystemCallFailed e) {
      if (!NO_ROUTE.contains(e.errno())) {
        throw e;
      }
    }
  }

  private static NetlinkRequest defaultRoute(int type, int flag, Ip gateway) {
    return new NetlinkRequest(type, NetlinkRequest.ACK | NetlinkRequest.CREATE | flag)
        .bytes(family(gateway.six()), (byte) 0, (byte) 0, (byte) 0)
        .bytes((byte) MAIN_TABLE, (byte) BY_BOOT, (byte) 0, (byte) UNICAST)
        .number(0)
        .attribute(GATEWAY, gateway.bytes());
  }

  /** The main table's routes to networks; the default route is not one of them. */
  List<Route> routes() {
    return Stream.of(IPV4, IPV6)
        .flatMap(family -> routes(family).stream())
        .filter(reply -> Byte.toUnsignedInt(reply.body().get(4)) == MAIN_TABLE)
        .filter(reply -> reply.body().get(1) != 0)
        .map(Addresses::readRoute)
        .filter(route -> !isLinkLocal(route.destination()))
        .toList();
  }

  private List<NetlinkReply> routes(byte family) {
    var request =
        new NetlinkRequest(GET_ROUTE, NetlinkRequest.DUMP)
            .bytes(family, (byte) 0, (byte) 0, (byte) 0)
            .bytes((byte) 0, (byte) 0, (byte) 0, (byte) 0)
            .number(0);
    return kernel.ask("list routes", request).stream().filter(Addresses::isIp).toList();
  }

  private static boolean isLinkLocal(Subnet subnet) {
    return subnet.six() && subnet.address().bytes()[0] == (byte) 0xfe;
  }

  private static boolean isIp(NetlinkReply reply) {
    return reply.body().get(0) == IPV4 || reply.body().get(0) == IPV6;
  }

  private static byte family(boolean six) {
    return six ? IPV6 : IPV4;
  }

  private static NetlinkRequest address(int type, int flags, int link, Subnet subnet) {
    byte[] address = subnet.address().bytes();
    byte use = subnet.six() ? NO_DUPLICATE_DETECTION : 0;
    return new NetlinkRequest(type, flags)
        .bytes(family(subnet.six()), (byte) subnet.length(), use, (byte) 0)
        .number(link)
        .attribute(LOCAL, address)
        .attribute(PEER, address);
  }

  private static Address readAddress(NetlinkReply reply) {
    var attributes = reply.attributes(ADDRESS_HEADER);
    byte[] local = attributes.has(LOCAL) ? attributes.raw(LOCAL) : attributes.raw(PEER);
    return new Address(
        reply.body().getInt(4),
        new Subnet(Ip.of(local), Byte.toUnsignedInt(reply.body().get(1))),
        Byte.toUnsignedInt(reply.body().get(3)));
  }

  private static Route readRoute(NetlinkReply reply) {
    var attributes = reply.attributes(ROUTE_HEADER);
    boolean six = reply.body().get(0) == IPV6;
    byte[] nowhere = new byte[six ? 16 : 4];
    return new Route(
        attributes.number(OUTPUT, 0),
        new Subnet(
            Ip.of(attributes.has(DESTINATION) ? attributes.raw(DESTINATION) : nowhere),
            Byte.toUnsignedInt(reply.body().get(1))));
  }
}
