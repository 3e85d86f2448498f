package argosy.engine.netlink;

import argosy.engine.linux.FailPoint;
import argosy.engine.linux.NetlinkSocket;
import argosy.engine.linux.SystemCallFailed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the kernel (netlink(7)), in the namespace of the thread that opened it. One
 * exchange at a time; safe for any thread.
 */
final class Netlink implements AutoCloseable {
  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int HEADER = 16;
  private static final int MESSAGE = 1;
  private static final int BATCH_BEGIN = 16;
  private static final int BATCH_END = 17;

  /** The packet filter's number among netfilter's subsystems. */
  static final byte NFTABLES = 10;

  private final NetlinkSocket socket;
  private final ReentrantLock lock = new ReentrantLock();
  private int sequence;

  private Netlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Links, addresses and routes: rtnetlink(7). */
  static Netlink route() {
    return new Netlink(NetlinkSocket.open(NetlinkSocket.ROUTE));
  }

  /** Connections that are tracked. */
  static Netlink netfilter() {
    return new Netlink(NetlinkSocket.open(NetlinkSocket.NETFILTER));
  }

  /** Sends an order and waits until the kernel has carried it out or refused it. */
  void execute(String what, NetlinkRequest request) {
    FailPoint.before(what);
    exchange(what, request);
  }

  /** Sends a question; the answer's parts, without the closing acknowledgement. */
  List<NetlinkReply> ask(String what, NetlinkRequest request) {
    return exchange(what, request);
  }

  /**
   * Sends several orders at once and waits for all of them. The kernel goes on behind one that it
   * refuses; the first refusal is thrown then.
   */
  void executeAll(String what, List<NetlinkRequest> requests) {
    FailPoint.before(what);
    lock.lock();
    try {
      int first = sequence + 1;
      var message = new ByteArrayOutputStream();
      for (NetlinkRequest request : requests) {
        byte[] bytes = request.numbered(++sequence);
        message.write(bytes, 0, bytes.length);
      }
      socket.send(message.toByteArray());
      awaitAll(what, first, sequence);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a transaction of the packet filter: all of the orders are carried out or none. The last
   * one alone asks for an acknowledgement.
   */
  void transact(String what, List<NetlinkRequest> orders) {
    FailPoint.before(what);
    lock.lock();
    try {
      int first = sequence + 1;
      var message = new ByteArrayOutputStream();
      message.writeBytes(border(BATCH_BEGIN).numbered(++sequence));
      orders.forEach(order -> message.writeBytes(order.numbered(++sequence)));
      int last = sequence;
      message.writeBytes(border(BATCH_END).numbered(++sequence));
      socket.send(message.toByteArray());
      while (!concluded(what, first, last)) {
        continue;
      }
    } finally {
      lock.unlock();
    }
  }

  private static NetlinkRequest border(int type) {
    return new NetlinkRequest(type, 0).bytes((byte) 0, (byte) 0, (byte) 0, NFTABLES);
  }

  /** Reads one datagram; true when the last order is acknowledged. Any order may be refused. */
  private boolean concluded(String what, int first, int last) {
    boolean done = false;
    for (NetlinkReply reply : split(socket.receive())) {
      if (reply.type() == ERROR && reply.sequence() >= first && reply.sequence() <= sequence) {
        SystemCallFailed refused = refusal(what, reply);
        if (refused != null) {
          throw refused;
        }
        done |= reply.sequence() == last;
      }
    }
    return done;
  }

  private void awaitAll(String what, int first, int last) {
    SystemCallFailed refused = null;
    int open = last - first + 1;
    while (open > 0) {
      for (NetlinkReply reply : split(socket.receive())) {
        if (reply.type() == ERROR && reply.sequence() >= first && reply.sequence() <= last) {
          open--;
          refused = refused == null ? refusal(what, reply) : refused;
        }
      }
    }
    if (refused != null) {
      throw refused;
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private List<NetlinkReply> exchange(String what, NetlinkRequest request) {
    lock.lock();
    try {
      int number = ++sequence;
      socket.send(request.numbered(number));
      var replies = new ArrayList<NetlinkReply>();
      while (!collect(what, number, replies)) {
        continue;
      }
      return replies;
    } finally {
      lock.unlock();
    }
  }

  /** Reads one datagram; true when it closed the exchange. Strays of earlier ones are let pass. */
  private boolean collect(String what, int number, List<NetlinkReply> replies) {
    boolean closed = false;
    for (NetlinkReply reply : split(socket.receive())) {
      if (reply.sequence() == number) {
        switch (reply.type()) {
          case ERROR -> {
            SystemCallFailed refused = refusal(what, reply);
            if (refused != null) {
              throw refused;
            }
            closed = true;
          }
          case DONE -> closed = true;
          default -> replies.add(reply);
        }
      }
    }
    return closed;
  }

  /** Null for an acknowledgement, which is an error of 0. */
  private static @Nullable SystemCallFailed refusal(String what, NetlinkReply reply) {
    int errno = -reply.body().getInt(0);
    if (errno == 0) {
      return null;
    }
    String hint = reply.attributes(4 + HEADER).text(MESSAGE);
    return new SystemCallFailed(hint.isEmpty() ? what : what + " (" + hint + ")", errno);
  }

  private static List<NetlinkReply> split(byte[] datagram) {
    ByteBuffer bytes = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    var messages = new ArrayList<NetlinkReply>();
    int at = 0;
    while (at + HEADER <= datagram.length) {
      int length = bytes.getInt(at);
      messages.add(
          new NetlinkReply(
              Short.toUnsignedInt(bytes.getShort(at + 4)),
              bytes.getInt(at + 8),
              bytes.slice(at + HEADER, length - HEADER).order(ByteOrder.nativeOrder())));
      at += length + 3 & ~3;
    }
    return messages;
  }
}
