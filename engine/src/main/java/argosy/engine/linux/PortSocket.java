package argosy.engine.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A socket that holds a port of the host and is never read: whoever else wants the port is told. It
 * belongs to the network namespace of the thread that opened it. One of IPv6 holds nothing of IPv4,
 * and does not listen: who connects to {@code ::1}, where no packet filter leads it on, is refused
 * at once and tries IPv4. A datagram is refused as fast where the socket is bound to a device that
 * it does not come from: the port is held all the same, but nobody is there.
 */
public final class PortSocket implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final int SCTP = 132;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_BINDTODEVICE = 25;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;

  private final int fd;

  private PortSocket(int fd) {
    this.fd = fd;
  }

  /**
   * Throws {@link SystemCallFailed}: EADDRINUSE, EADDRNOTAVAIL for an address the host has not,
   * EPROTONOSUPPORT for a protocol that the kernel does not know.
   *
   * @param protocol tcp, udp or sctp
   * @param address 4 or 16 bytes in network order
   * @param device the interface it is bound to, "" for none
   */
  public static PortSocket open(String protocol, byte[] address, int port, String device) {
    boolean six = address.length == 16;
    boolean datagrams = protocol.equals("udp");
    int fd =
        Libc.check(
            "socket " + protocol,
            SocketCalls.socket(
                six ? AF_INET6 : AF_INET,
                (datagrams ? DATAGRAM : STREAM) | Libc.O_CLOEXEC,
                protocol.equals("sctp") ? SCTP : 0));
    try {
      var socket = new PortSocket(fd);
      if (six) {
        socket.set(IPPROTO_IPV6, IPV6_V6ONLY, 1);
      }
      if (!datagrams) {
        socket.set(SOL_SOCKET, SO_REUSEADDR, 1);
      }
      if (!device.isEmpty()) {
        byte[] name = device.getBytes(StandardCharsets.UTF_8);
        Libc.check(
            "bind to " + device,
            SocketCalls.setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, name.length));
      }
      byte[] where = six ? six(address, port) : four(address, port);
      Libc.check("bind", SocketCalls.bind(fd, where, where.length));
      if (!datagrams && !six) {
        Libc.check("listen", SocketCalls.listen(fd, 1));
      } else if (!datagrams) {
        socket.set(SOL_SOCKET, SO_REUSEADDR, 0);
      }
      return socket;
    } catch (SystemCallFailed e) {
      Libc.close(fd);
      throw e;
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }

  private void set(int level, int name, int value) {
    byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    Libc.check("setsockopt", SocketCalls.setsockopt(fd, level, name, bytes, bytes.length));
  }

  private static byte[] four(byte[] address, int port) {
    var bytes = ByteBuffer.allocate(16);
    family(bytes, AF_INET);
    return bytes.putShort((short) port).put(address).array();
  }

  private static byte[] six(byte[] address, int port) {
    var bytes = ByteBuffer.allocate(28);
    family(bytes, AF_INET6);
    return bytes.putShort((short) port).putInt(0).put(address).array();
  }

  private static void family(ByteBuffer bytes, int family) {
    bytes.order(ByteOrder.nativeOrder()).putShort((short) family).order(ByteOrder.BIG_ENDIAN);
  }
}
