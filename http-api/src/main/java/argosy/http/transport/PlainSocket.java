package argosy.http.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket for talk that goes to and fro: it reads when it is told to listen, and writes
 * what it is told to say. It can be given away to a {@link SocketStage} between two words.
 */
public final class PlainSocket {
  private static final int READ_SIZE = 64 * 1024;
  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(READ_SIZE));

  private final SocketChannel channel;
  private final Lifeline lifeline;
  private final Ear ear;
  private final Readiness.Watch watch;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ByteBuffer unsaid;
  private Runnable said = () -> {};
  private boolean over;

  /** Who listens; called on the waiting thread, must not block. */
  @FunctionalInterface
  public interface Ear {
    void heard(ByteString bytes);
  }

  /**
   * Takes a connection over; nothing is read before {@link #listen}.
   *
   * @param channel connected and non-blocking
   */
  public PlainSocket(SocketChannel channel, Readiness readiness, Lifeline lifeline, Ear ear)
      throws IOException {
    this.channel = channel;
    this.lifeline = lifeline;
    this.ear = ear;
    this.watch = readiness.watch(channel, this::ready);
    lifeline.cutBy(this::close);
  }

  /** Waits for the next bytes; at the far side's end the connection is closed. */
  public void listen() {
    watch.want(SelectionKey.OP_READ);
  }

  /** Writes; {@code then} runs when the last byte is written, never when that fails. */
  public void say(ByteString bytes, Runnable then) {
    lock.lock();
    try {
      unsaid = bytes.asByteBuffer();
      said = then;
    } finally {
      lock.unlock();
    }
    write();
  }

  /** Gives the connection away as it is, neither read nor written from here on. */
  public SocketChannel release() {
    lock.lock();
    try {
      over = true;
      return channel;
    } finally {
      lock.unlock();
    }
  }

  private void ready(int operations) {
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      write();
    }
    if ((operations & SelectionKey.OP_READ) != 0) {
      read();
    }
  }

  private void read() {
    ByteBuffer buffer = BUFFER.get().clear();
    int count;
    try {
      count = channel.read(buffer);
    } catch (IOException broken) {
      count = -1;
    }
    if (count > 0) {
      var bytes = new byte[count];
      buffer.flip().get(bytes);
      ear.heard(ByteString.fromArrayUnsafe(bytes));
    } else if (count == 0) {
      listen();
    } else {
      close();
    }
  }

  private void write() {
    Runnable then = null;
    lock.lock();
    try {
      ByteBuffer rest = unsaid;
      if (rest == null || over) {
        return;
      }
      channel.write(rest);
      if (rest.hasRemaining()) {
        watch.want(SelectionKey.OP_WRITE);
      } else {
        unsaid = null;
        then = said;
      }
    } catch (IOException broken) {
      close();
    } finally {
      lock.unlock();
    }
    if (then != null) {
      then.run();
    }
  }

  /** Ends the connection; idempotent, and nothing once it was given away. */
  public void close() {
    lock.lock();
    try {
      if (over) {
        return;
      }
      over = true;
    } finally {
      lock.unlock();
    }
    try {
      channel.close();
    } catch (IOException closedAnyhow) {
      // the descriptor is gone all the same
    } finally {
      watch.released();
      lifeline.markClosed();
    }
  }
}
