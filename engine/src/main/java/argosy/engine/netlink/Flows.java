package argosy.engine.netlink;

import argosy.engine.linux.SystemCallFailed;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP flows the kernel remembers. A flow keeps the way it took at first: a client that asked
 * before its container was there, or before it was replaced, would never be led to the new one. TCP
 * needs none of this, its connections end.
 */
final class Flows implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Flows.class);
  private static final int GET = 0x101;
  private static final int DELETE = 0x102;
  private static final byte IPV4 = 2;
  private static final byte IPV6 = 10;
  private static final int HEADER = 4;
  private static final int ORIGIN = 1;
  private static final int ADDRESSES = 1;
  private static final int DESTINATION = 2;
  private static final int DESTINATION_6 = 4;
  private static final int PROTOCOL = 2;
  private static final int NUMBER = 1;
  private static final int DESTINATION_PORT = 3;
  private static final int UDP = 17;

  private final Netlink kernel;
  private final Addresses addresses;

  Flows(Netlink kernel, Addresses addresses) {
    this.kernel = kernel;
    this.addresses = addresses;
  }

  /** Forgets what was sent to these ports of the host; a kernel that does not track is fine. */
  void forget(Collection<Forward> forwards) {
    var udp = forwards.stream().filter(forward -> forward.protocol().equals("udp")).toList();
    if (udp.isEmpty()) {
      return;
    }
    try {
      Set<Ip> own =
          addresses.all().stream()
              .map(address -> address.subnet().address())
              .collect(Collectors.toSet());
      for (byte family : families(udp)) {
        for (NetlinkReply flow : flows(family)) {
          if (concerns(flow, udp, own)) {
            delete(flow, family);
          }
        }
      }
    } catch (SystemCallFailed e) {
      LOG.warn("old UDP flows are not forgotten: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    kernel.close();
  }

  private static Set<Byte> families(Collection<Forward> forwards) {
    return forwards.stream()
        .map(forward -> forward.hostAddress().six() ? IPV6 : IPV4)
        .collect(Collectors.toSet());
  }

  private List<NetlinkReply> flows(byte family) {
    return kernel.ask(
        "list tracked connections",
        new NetlinkRequest(GET, NetlinkRequest.DUMP).bytes(family, (byte) 0, (byte) 0, (byte) 0));
  }

  private static boolean concerns(NetlinkReply flow, Collection<Forward> forwards, Set<Ip> own) {
    var origin = flow.attributes(HEADER).nested(ORIGIN);
    var protocol = origin.nested(PROTOCOL);
    if (protocol.small(NUMBER) != UDP) {
      return false;
    }
    byte[] bytes = destination(origin.nested(ADDRESSES));
    if (bytes.length == 0) {
      return false;
    }
    Ip to = Ip.of(bytes);
    return (own.contains(to) || to.inet().isLoopbackAddress())
        && forwards.stream()
            .anyMatch(forward ->
                forward.hostPort() == protocol.small(DESTINATION_PORT)
                    && forward.hostAddress().six() == to.six()
                    && (forward.hostAddress().isAny() || forward.hostAddress().equals(to)));
  }

  private static byte[] destination(NetlinkReply.Attributes addresses) {
    byte[] four = addresses.raw(DESTINATION);
    return four.length > 0 ? four : addresses.raw(DESTINATION_6);
  }

  private void delete(NetlinkReply flow, byte family) {
    try {
      kernel.execute(
          "forget a flow",
          new NetlinkRequest(DELETE, NetlinkRequest.ACK)
              .bytes(family, (byte) 0, (byte) 0, (byte) 0)
              .nested(ORIGIN, origin -> origin.bytes(flow.attributes(HEADER).raw(ORIGIN))));
    } catch (SystemCallFailed e) {
      if (!e.is(SystemCallFailed.ENOENT)) {
        throw e;
      }
    }
  }
}
