package argosy.engine.linux;

import static argosy.engine.linux.Libc.check;

import com.sun.jna.Memory;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One native thread that waits for descriptors: pidfds, pipes, the monitors' sockets, inotify. What
 * it calls back runs on it and must not block. Everything that touches a registration is done on
 * it, by {@link #execute}, so that a descriptor is never closed under a reader.
 */
public final class Poller implements Closeable {
  public static final int IN = 1;
  public static final int OUT = 4;
  private static final int ERR = 8;
  private static final int HUP = 16;

  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int BATCH = 64;
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final int epoll;
  private final int wake;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Map<Long, Registration> registered = new HashMap<>();
  private final Memory change = new Memory(16);
  private final byte[] wakeCount = new byte[Long.BYTES];
  private long lastKey;
  private volatile boolean closed;

  private Poller() {
    epoll = check("epoll_create1", Libc.epoll_create1(Libc.O_CLOEXEC));
    wake = check("eventfd", Libc.eventfd(0, Libc.O_CLOEXEC | Libc.O_NONBLOCK));
    control(ADD, wake, IN, 0);
    thread = Thread.ofPlatform().name("argosy-poller").daemon().unstarted(this::run);
  }

  public static Poller start() {
    var poller = new Poller();
    poller.thread.start();
    return poller;
  }

  /** What is called when a descriptor is ready. */
  @FunctionalInterface
  public interface Callback {
    /** {@code events}: of {@link #IN} and {@link #OUT}; a broken descriptor counts as both. */
    void ready(int events);
  }

  /** Runs a task on the poller's thread; at once when called on it. */
  public void execute(Runnable task) {
    if (Thread.currentThread() == thread) {
      task.run();
      return;
    }
    tasks.add(task);
    wakeUp();
  }

  /** Runs a task on the poller's thread after a while. */
  public Timer schedule(Duration delay, Runnable task) {
    var timer = new Timer(System.nanoTime() + delay.toNanos(), task);
    execute(() -> timers.add(timer));
    return timer;
  }

  /** Watches a descriptor. Only on the poller's thread. */
  public Registration register(int fd, int events, Callback callback) {
    var registration = new Registration(++lastKey, fd, callback);
    control(ADD, fd, events, registration.key);
    registered.put(registration.key, registration);
    return registration;
  }

  /** Stops the thread; descriptors that are still registered stay open and their owners'. */
  @Override
  public void close() {
    closed = true;
    wakeUp();
  }

  /** A watched descriptor. Its methods are for the poller's thread only. */
  public final class Registration {
    private final long key;
    private final int fd;
    private final Callback callback;

    private Registration(long key, int fd, Callback callback) {
      this.key = key;
      this.fd = fd;
      this.callback = callback;
    }

    /** Waits for other events; none at all is allowed and only tells of a broken descriptor. */
    public void want(int events) {
      if (registered.containsKey(key)) {
        control(MODIFY, fd, events, key);
      }
    }

    /** Watches no more and leaves the descriptor open. */
    public void cancel() {
      if (registered.remove(key) != null) {
        control(DELETE, fd, 0, 0);
      }
    }

    /** Watches no more and closes the descriptor; idempotent. */
    public void close() {
      if (registered.remove(key) != null) {
        control(DELETE, fd, 0, 0);
        Libc.close(fd);
      }
    }
  }

  /** Something to be done later. */
  public final class Timer implements Comparable<Timer> {
    private final long due;
    private volatile @Nullable Runnable task;

    private Timer(long due, Runnable task) {
      this.due = due;
      this.task = task;
    }

    /** It will not run any more, unless it runs now. */
    public void cancel() {
      task = null;
    }

    @Override
    public int compareTo(Timer other) {
      return Long.compare(due - other.due, 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private void run() {
    try (var events = new Memory((long) BATCH * Arch.CURRENT.epollEventBytes())) {
      while (!closed) {
        int count = Libc.epoll_wait(epoll, events, BATCH, patience());
        if (count < 0 && Libc.errno() != SystemCallFailed.EINTR) {
          throw new SystemCallFailed("epoll_wait", Libc.errno());
        }
        clearWake();
        // first what was asked before anything happened: a listener must be there for its event
        runTasks();
        dispatch(events, count);
        runTimers();
      }
    } finally {
      Libc.close(epoll);
      Libc.close(wake);
    }
  }

  private void dispatch(Memory events, int count) {
    int size = Arch.CURRENT.epollEventBytes();
    for (int i = 0; i < count; i++) {
      int happened = events.getInt((long) i * size);
      long key = events.getLong((long) i * size + size - Long.BYTES);
      Registration registration = registered.get(key);
      if (registration != null) {
        boolean broken = (happened & (ERR | HUP)) != 0;
        int ready = broken ? IN | OUT : happened;
        guarded(() -> registration.callback.ready(ready));
      }
    }
  }

  /** Before the tasks are looked at, or one that comes meanwhile would wait for the next event. */
  private void clearWake() {
    Libc.read(wake, wakeCount, Long.BYTES);
  }

  private void runTasks() {
    var batch = new ArrayDeque<Runnable>();
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      batch.add(task);
    }
    batch.forEach(Poller::guarded);
  }

  private void runTimers() {
    for (Timer first = timers.peek();
        first != null && (first.task == null || first.due - System.nanoTime() <= 0);
        first = timers.peek()) {
      timers.poll();
      Runnable task = first.task;
      if (task != null) {
        guarded(task);
      }
    }
  }

  /** Milliseconds until the next timer, rounded up; -1: for ever. */
  private int patience() {
    Timer first = timers.peek();
    if (first == null) {
      return -1;
    }
    long nanos = first.due - System.nanoTime();
    return nanos <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
  }

  /** One callback's bug must not end what all the others hang on. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      LOG.error("A callback of the poller failed", bug);
    }
  }

  private void wakeUp() {
    byte[] one = new byte[Long.BYTES];
    one[java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN ? 0 : 7] = 1;
    Libc.write(wake, one, one.length);
  }

  private void control(int operation, int fd, int events, long key) {
    change.setInt(0, events);
    change.setLong(Arch.CURRENT.epollEventBytes() - Long.BYTES, key);
    check("epoll_ctl", Libc.epoll_ctl(epoll, operation, fd, change));
  }
}
