package argosy.engine.linux;

import static argosy.engine.linux.Libc.check;

import com.sun.jna.Memory;
import java.io.Closeable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the far side of a socket is gone for good: it has closed the whole socket (Unix), or
 * answers with a reset (TCP). An ended half is not told of, which no read can tell from a closed
 * socket. Thread-safe; one thread waits for all.
 *
 * <p>Not the {@link Poller}'s work: there a descriptor is registered by a task on its thread, and a
 * socket that its owner closes meanwhile would be another one by then.
 */
public final class Hangups implements Closeable {
  private static final int ADD = 1;
  private static final int ONCE = 1 << 30;
  private static final int BATCH = 64;
  private static final long WAKE = 0;
  private static final Logger LOG = LoggerFactory.getLogger(Hangups.class);

  private final int epoll;
  private final int wake;
  private final Thread thread;
  private final Map<Long, Runnable> watched = new ConcurrentHashMap<>();
  private final AtomicLong lastKey = new AtomicLong(WAKE);
  private volatile boolean closed;

  /** Begins to wait. */
  public Hangups() {
    epoll = check("epoll_create1", Libc.epoll_create1(Libc.O_CLOEXEC));
    wake = check("eventfd", Libc.eventfd(0, Libc.O_CLOEXEC | Libc.O_NONBLOCK));
    add(wake, Poller.IN, WAKE);
    thread = Thread.ofPlatform().daemon().name("hang-ups").start(this::serve);
  }

  /** A watched socket. */
  public final class Watch {
    private final long key;

    private Watch(long key) {
      this.key = key;
    }

    /** Nothing is told any more; to be called when the socket is closed. */
    public void released() {
      watched.remove(key);
    }
  }

  /**
   * Watches a socket.
   *
   * @param fd open, and not closed while this runs
   * @param gone called at most once, on the waiting thread; must not block
   */
  public Watch watch(int fd, Runnable gone) {
    long key = lastKey.incrementAndGet();
    watched.put(key, gone);
    try {
      add(fd, ONCE, key);
    } catch (SystemCallFailed failed) {
      watched.remove(key);
      throw failed;
    }
    return new Watch(key);
  }

  private void add(int fd, int events, long key) {
    int size = Arch.CURRENT.epollEventBytes();
    try (var event = new Memory(16)) {
      event.setInt(0, events);
      event.setLong(size - Long.BYTES, key);
      check("epoll_ctl", Libc.epoll_ctl(epoll, ADD, fd, event));
    }
  }

  private void serve() {
    int size = Arch.CURRENT.epollEventBytes();
    try (var events = new Memory((long) BATCH * size)) {
      while (!closed) {
        int count = Libc.epoll_wait(epoll, events, BATCH, -1);
        if (count < 0 && Libc.errno() != SystemCallFailed.EINTR) {
          throw new SystemCallFailed("epoll_wait", Libc.errno());
        }
        for (int i = 0; i < count; i++) {
          tell(events.getLong((long) i * size + size - Long.BYTES));
        }
      }
    } finally {
      Libc.close(epoll);
      Libc.close(wake);
    }
  }

  private void tell(long key) {
    Runnable gone = watched.remove(key);
    if (gone == null) {
      return;
    }
    try {
      gone.run();
    } catch (RuntimeException bug) {
      LOG.error("who was told of a hang-up failed", bug);
    }
  }

  /** Stops waiting; the sockets stay their owners'. */
  @Override
  public void close() {
    closed = true;
    byte[] one = {1, 0, 0, 0, 0, 0, 0, 0};
    Libc.write(wake, one, one.length);
    try {
      thread.join(1000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
