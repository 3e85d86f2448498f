package argosy.engine.netlink;

import argosy.engine.linux.NetworkNamespace;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fresh namespaces made ahead, because making one is what takes longest; none is used twice. */
final class NamespacePool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NamespacePool.class);

  private final Path directory;
  private final int size;
  private final Links host;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<FreshNamespace> ready = new ArrayDeque<>();
  private boolean filling;
  private boolean closed;

  NamespacePool(Path directory, int size, Links host, Executor executor) {
    this.directory = directory;
    this.size = size;
    this.host = host;
    this.executor = executor;
  }

  /** A wired one that is ready, or a new one; the pool is filled up again behind. */
  FreshNamespace take() {
    FreshNamespace fresh = poll();
    fill();
    return fresh == null ? FreshNamespace.wired(directory, host) : fresh;
  }

  /** Fills up in the background. */
  void fill() {
    lock.lock();
    try {
      if (!filling && !closed && ready.size() < size) {
        filling = true;
        executor.execute(this::addOne);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The files of those that wait. */
  Set<Path> files() {
    lock.lock();
    try {
      var files = new HashSet<Path>();
      ready.forEach(fresh -> files.add(fresh.file()));
      return files;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ready.forEach(FreshNamespace::handOver);
      ready.forEach(fresh -> NetworkNamespace.release(fresh.file()));
      ready.clear();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable FreshNamespace poll() {
    lock.lock();
    try {
      return ready.poll();
    } finally {
      lock.unlock();
    }
  }

  private void addOne() {
    FreshNamespace fresh = null;
    try {
      fresh = FreshNamespace.wired(directory, host);
    } catch (RuntimeException e) {
      LOG.warn("no network namespace could be made ahead", e);
    }
    lock.lock();
    try {
      filling = false;
      if (fresh != null && closed) {
        fresh.discard();
      } else if (fresh != null) {
        ready.add(fresh);
      }
    } finally {
      lock.unlock();
    }
    if (fresh != null) {
      fill();
    }
  }
}
