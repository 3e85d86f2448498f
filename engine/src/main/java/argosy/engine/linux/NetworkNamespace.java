package argosy.engine.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Network namespaces, each kept alive by a file it is bound to. A thread that has been in another
 * namespace is never used again, and comes back before it ends (see {@link Excursion}).
 */
public final class NetworkNamespace {
  private static final String OWN = "/proc/thread-self/ns/net";
  private static final long MS_BIND = 0x1000;
  private static final int MNT_DETACH = 2;

  private NetworkNamespace() {}

  /** Makes a fresh namespace, runs {@code inside} in it, and binds it to {@code file}. */
  public static <T> T create(Path file, Supplier<T> inside) {
    return elsewhere(() -> {
      Libc.check("unshare network", Libc.unshare(Libc.CLONE_NEWNET));
      bind(file);
      try {
        return inside.get();
      } catch (RuntimeException | Error e) {
        release(file);
        throw e;
      }
    });
  }

  /** Runs {@code inside} in the namespace that {@code file} keeps. */
  public static <T> T enter(Path file, Supplier<T> inside) {
    return elsewhere(() -> {
      int fd = open(file);
      try {
        Libc.check("enter " + file, Libc.setns(fd, Libc.CLONE_NEWNET));
      } finally {
        Libc.close(fd);
      }
      return inside.get();
    });
  }

  /** A descriptor of it, for the caller to close. */
  public static int open(Path file) {
    return Libc.check(
        "open " + file, Libc.open(file.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC, 0));
  }

  /**
   * Lets go of it; the kernel takes it down, links and all, when no process is left. Idempotent.
   */
  public static void release(Path file) {
    FailPoint.before("unbind namespace", file);
    int result = Libc.umount2(file.toString(), MNT_DETACH);
    if (result == -1
        && Libc.errno() != SystemCallFailed.EINVAL
        && Libc.errno() != SystemCallFailed.ENOENT) {
      Libc.check("unmount " + file, result);
    }
    FailPoint.before("remove namespace", file);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can not remove " + file + ": " + e, e);
    }
  }

  private static void bind(Path file) {
    FailPoint.before("make namespace", file);
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can not create " + file + ": " + e, e);
    }
    FailPoint.before("bind namespace", file);
    if (Libc.mount(OWN, file.toString(), null, MS_BIND, null) == -1) {
      var failed = new SystemCallFailed("bind a network namespace to " + file, Libc.errno());
      release(file);
      throw failed;
    }
  }

  private static <T> T elsewhere(Supplier<T> work) {
    var task = new FutureTask<T>(() -> Excursion.fromNetwork(work));
    Thread.ofPlatform().daemon().name("network-namespace").start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while in a network namespace", e);
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException ours -> ours;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(cause);
    };
  }
}
