package argosy.engine.netlink;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes links away, and is back as soon as nobody sees them any more, after one or two
 * milliseconds. Until the kernel has freed such a link, and answers the order, it waits for whoever
 * might still be reading of it (rcu_barrier in netdev_run_todo, and once more for a bridge's
 * multicast): 15 to 50 ms, in which name and addresses are free already.
 */
final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
  private static final long PAUSE_NANOS = 200_000;

  /** Goes before the wait begins, and is asked for without the lock that the removal holds. */
  private static final String PRESENCE = "ipv4/conf/";

  private Removal() {}

  /** Of a link in the namespace of this thread. Idempotent; blocks. */
  static void of(String link) {
    if (!Sysctl.exists(PRESENCE + link)) {
      return;
    }
    var deletion = new FutureTask<@Nullable Void>(() -> delete(link), null);
    Thread.ofPlatform().daemon().name("link-removal").start(deletion);
    while (!deletion.isDone() && Sysctl.exists(PRESENCE + link)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    if (deletion.isDone()) {
      conclude(deletion);
    }
  }

  /** Over a connection of its own: others are not to wait for it. */
  private static void delete(String link) {
    try (var kernel = Netlink.route()) {
      new Links(kernel).delete(link);
    } catch (RuntimeException e) {
      if (!Sysctl.exists(PRESENCE + link)) {
        LOG.warn("link {} went, but not as it should", link, e);
      }
      throw e;
    }
  }

  private static void conclude(FutureTask<@Nullable Void> deletion) {
    try {
      deletion.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException refused -> throw refused;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
