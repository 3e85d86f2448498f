package argosy.engine.netlink;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Leads a well-known port on a loopback address elsewhere, in the network namespace of the thread
 * that asks for it. The rules are a table of our own; an old one is replaced in one step.
 *
 * <p>Spoken to the kernel directly (linux/netfilter/nf_tables.h), not through libnftables: that
 * waits for its socket with select(2), and a process with 1024 open files, as a daemon with some
 * hundred containers is, would be ended by it.
 */
public final class LoopbackRedirect {
  private static final String TABLE = "argosy_names";
  private static final String CHAIN = "own";
  private static final int NEW_TABLE = 0;
  private static final int DELETE_TABLE = 2;
  private static final int NEW_CHAIN = 3;
  private static final int NEW_RULE = 6;
  private static final int APPEND = 0x800;
  private static final byte IPV4 = 2;
  private static final byte UDP = 17;
  private static final byte TCP = 6;

  /** After the connection is known and before a route is chosen, as the kernel's own NAT. */
  private static final int PRIORITY = -100;

  private static final int OUTPUT = 3;
  private static final int ACCEPT = 1;

  /** The kernel's registers of 16 bytes. */
  private static final int FIRST = 1;

  private static final int SECOND = 2;
  private static final int PROTOCOL_KEY = 16;
  private static final int DESTINATION = 1;

  private LoopbackRedirect() {}

  /** {@code udp}, {@code tcp}: the ports that get what is sent to {@code port}. */
  public static void install(String address, int port, int udp, int tcp) {
    byte[] there = Ip.parse(address).bytes();
    try (var kernel = Netlink.netfilter()) {
      kernel.transact(
          "lead port " + port + " of " + address + " elsewhere",
          List.of(
              table(NEW_TABLE, NetlinkRequest.CREATE),
              table(DELETE_TABLE, 0),
              table(NEW_TABLE, NetlinkRequest.CREATE),
              chain(),
              rule(0, new Way(there, port, UDP, udp)),
              rule(NetlinkRequest.ACK, new Way(there, port, TCP, tcp))));
    }
  }

  private record Way(byte[] address, int port, byte protocol, int elsewhere) {}

  private static NetlinkRequest order(int type, int flags) {
    return new NetlinkRequest(Netlink.NFTABLES << 8 | type, flags)
        .bytes(IPV4, (byte) 0, (byte) 0, (byte) 0);
  }

  private static NetlinkRequest table(int type, int flags) {
    return order(type, flags).attribute(1, TABLE);
  }

  private static NetlinkRequest chain() {
    return order(NEW_CHAIN, NetlinkRequest.CREATE)
        .attribute(1, TABLE)
        .attribute(3, CHAIN)
        .nested(4, hook -> hook.big(1, OUTPUT).big(2, PRIORITY))
        .big(5, ACCEPT)
        .attribute(7, "nat");
  }

  /** {@code ip daddr ADDRESS PROTOCOL dport PORT dnat to ADDRESS:ELSEWHERE}. */
  private static NetlinkRequest rule(int flags, Way way) {
    return order(NEW_RULE, NetlinkRequest.CREATE | APPEND | flags)
        .attribute(1, TABLE)
        .attribute(2, CHAIN)
        .nested(
            4,
            rule -> {
              load(rule, Header.NETWORK, 16, 4);
              equal(rule, way.address());
              expression(rule, "meta", meta -> meta.big(2, PROTOCOL_KEY).big(1, FIRST));
              equal(rule, new byte[] {way.protocol()});
              load(rule, Header.TRANSPORT, 2, 2);
              equal(rule, two(way.port()));
              immediate(rule, FIRST, way.address());
              immediate(rule, SECOND, two(way.elsewhere()));
              expression(
                  rule,
                  "nat",
                  nat -> nat.big(1, DESTINATION).big(2, IPV4).big(3, FIRST).big(5, SECOND));
            });
  }

  /** Which of a packet's headers, by the kernel's numbers. */
  private enum Header {
    LINK,
    NETWORK,
    TRANSPORT
  }

  private static void load(NetlinkRequest rule, Header header, int offset, int length) {
    expression(
        rule,
        "payload",
        payload -> payload.big(1, FIRST).big(2, header.ordinal()).big(3, offset).big(4, length));
  }

  private static void equal(NetlinkRequest rule, byte[] value) {
    expression(
        rule,
        "cmp",
        cmp -> cmp.big(1, FIRST).big(2, 0).nested(3, data -> data.attribute(1, value)));
  }

  private static void immediate(NetlinkRequest rule, int register, byte[] value) {
    expression(
        rule,
        "immediate",
        load -> load.big(1, register).nested(2, data -> data.attribute(1, value)));
  }

  private static void expression(
      NetlinkRequest rule, String name, Consumer<NetlinkRequest> content) {
    rule.nested(1, expression -> expression.attribute(1, name).nested(2, content));
  }

  private static byte[] two(int port) {
    return ByteBuffer.allocate(2).putShort((short) port).array();
  }
}
