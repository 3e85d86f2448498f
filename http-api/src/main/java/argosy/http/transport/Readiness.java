package argosy.http.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that waits for sockets to become readable, writable, acceptable or connected. It
 * only wakes others; the reading and writing happens on the thread that is woken.
 */
public final class Readiness implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Readiness.class);

  private final Selector selector;
  private final Thread thread;
  private final FarEnds farEnds = new FarEnds();

  public Readiness() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().daemon().name("sockets").start(this::serve);
  }

  /**
   * Watches a non-blocking channel.
   *
   * @param ready told the {@link SelectionKey} operations that became possible, each once per
   *     {@link Watch#want}; runs on the waiting thread and must not block
   */
  public Watch watch(SelectableChannel channel, IntConsumer ready) throws ClosedChannelException {
    return new Watch(channel.register(selector, 0, ready));
  }

  /** Where it is told that a client has closed its socket altogether. */
  FarEnds farEnds() {
    return farEnds;
  }

  /** One channel's place among the watched. */
  public final class Watch {
    private final SelectionKey key;

    private Watch(SelectionKey key) {
      this.key = key;
    }

    /** Asks to be told once when the operation is possible; nothing happens on a closed channel. */
    public void want(int operation) {
      try {
        key.interestOpsOr(operation);
        wakeUp();
      } catch (CancelledKeyException _) {
        // the channel is closed: whoever closed it knows
      }
    }

    /** To be called after the channel was closed: only then the kernel's side of it goes too. */
    public void released() {
      key.cancel();
      wakeUp();
    }
  }

  /** The waiting thread looks at what is wanted before it waits again anyway. */
  private void wakeUp() {
    if (Thread.currentThread() != thread) {
      selector.wakeup();
    }
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(Readiness::wake);
      }
    } catch (ClosedSelectorException _) {
      // closed by close()
    } catch (IOException e) {
      log.error("the thread that waits for sockets ended: {}", e.getMessage(), e);
    }
  }

  private static void wake(SelectionKey key) {
    try {
      int ready = key.readyOps();
      key.interestOpsAnd(~ready);
      ((IntConsumer) key.attachment()).accept(ready);
    } catch (CancelledKeyException _) {
      // closed meanwhile
    } catch (RuntimeException e) {
      log.error("a socket's owner failed: {}", e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
      thread.join(1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      farEnds.close();
    }
  }
}
