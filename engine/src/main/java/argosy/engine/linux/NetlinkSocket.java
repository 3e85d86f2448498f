package argosy.engine.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A datagram socket to the kernel's netlink. It belongs to the network namespace of the thread that
 * opened it, and stays there whichever thread uses it.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** Links, addresses, routes. */
  public static final int ROUTE = 0;

  /** The packet filter and connection tracking. */
  public static final int NETFILTER = 12;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int PATIENCE_SECONDS = 10;

  /** The kernel never sends a larger part of a dump (its own limit is 32 KiB). */
  private static final int LARGEST = 64 * 1024;

  private final int fd;

  private NetlinkSocket(int fd) {
    this.fd = fd;
  }

  /**
   * {@code family}: {@link #ROUTE} or {@link #NETFILTER}. Answers that stay out for 10 s become
   * EAGAIN.
   */
  public static NetlinkSocket open(int family) {
    int fd =
        Libc.check(
            "netlink socket", SocketCalls.socket(AF_NETLINK, SOCK_RAW | Libc.O_CLOEXEC, family));
    var socket = new NetlinkSocket(fd);
    try {
      socket.set(SOL_SOCKET, SO_RCVTIMEO, timeout());
      socket.set(SOL_NETLINK, NETLINK_CAP_ACK, on());
      socket.set(SOL_NETLINK, NETLINK_EXT_ACK, on());
      return socket;
    } catch (SystemCallFailed e) {
      socket.close();
      throw e;
    }
  }

  public void send(byte[] message) {
    Libc.check("netlink send", SocketCalls.send(fd, message, message.length, 0));
  }

  /** Blocks for the next datagram. */
  public byte[] receive() {
    byte[] buffer = new byte[LARGEST];
    while (true) {
      long length = SocketCalls.recv(fd, buffer, buffer.length, 0);
      if (length >= 0) {
        return Arrays.copyOf(buffer, (int) length);
      }
      if (Libc.errno() != SystemCallFailed.EINTR) {
        Libc.check("netlink receive", length);
      }
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }

  private void set(int level, int name, byte[] value) {
    Libc.check("netlink setsockopt", SocketCalls.setsockopt(fd, level, name, value, value.length));
  }

  private static byte[] on() {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1).array();
  }

  private static byte[] timeout() {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.nativeOrder())
        .putLong(PATIENCE_SECONDS)
        .putLong(0)
        .array();
  }
}
