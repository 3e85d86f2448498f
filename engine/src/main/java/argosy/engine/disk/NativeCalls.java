package argosy.engine.disk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Where native calls wait: a virtual thread in one holds its carrier, of which there are only as
 * many as processors, and an unmount or a sync may take seconds.
 */
public final class NativeCalls {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("disk-", 0).factory());

  private NativeCalls() {}

  /** Does the work on a platform thread and waits for it; its exception comes as it is. */
  public static <T> T await(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, THREADS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
