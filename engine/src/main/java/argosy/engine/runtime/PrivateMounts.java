package argosy.engine.runtime;

import static argosy.engine.linux.Libc.check;

import argosy.engine.linux.Excursion;
import argosy.engine.linux.Libc;
import argosy.engine.linux.Spawn;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs in a copy of the host's mounts from which the stray cgroup2 mount of a hybrid
 * host is taken away; the host's own mounts stay as they are. A thread that leaves the common
 * mounts for as long spawns the program: no further process, and always today's mounts, private or
 * not.
 *
 * <p>A monitor lives as long as its container, and so would its copy of every mount. Once the
 * container stands, all that the monitor has no more use for is detached from its copy.
 */
final class PrivateMounts implements Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateMounts.class);
  private static final int MS_REC = 0x4000;
  private static final int MS_SLAVE = 0x80000;
  private static final int MNT_DETACH = 2;
  private static final long PATIENCE_SECONDS = 180;

  private final Path hidden;
  private final List<Path> needed;

  /** {@code needed}: directories a monitor uses to its end. */
  PrivateMounts(Path hidden, List<Path> needed) {
    this.hidden = hidden;
    this.needed = List.copyOf(needed);
  }

  @Override
  public Launched start(
      List<String> command, Map<String, String> environment, Path directory, int... descriptors) {
    var pid = new CompletableFuture<Integer>();
    var settled = new CountDownLatch(1);
    Thread.ofPlatform()
        .name("argosy-mounts")
        .daemon()
        .start(() -> {
          try {
            var spawned =
                Excursion.fromMounts(() -> spawn(command, environment, directory, descriptors));
            try {
              pid.complete(spawned.pid());
              if (settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                detachUnneeded(spawned.mounts());
              }
            } finally {
              Libc.close(spawned.mounts());
            }
          } catch (InterruptedException | RuntimeException failed) {
            if (!pid.completeExceptionally(failed)) {
              LOG.warn("A monitor keeps a copy of this host's mounts", failed);
            }
          }
        });
    return new Started(Waiting.on(pid), settled);
  }

  private record Started(int pid, CountDownLatch settled) implements Launched {
    @Override
    public void settle() {
      settled.countDown();
    }
  }

  /** {@code mounts}: a descriptor of those the program sees. */
  private record Spawned(int pid, int mounts) {}

  private Spawned spawn(
      List<String> command, Map<String, String> environment, Path directory, int... descriptors) {
    leaveCommonMounts();
    int mounts = Excursion.mounts();
    try {
      return new Spawned(Spawn.start(command, environment, directory, descriptors), mounts);
    } catch (RuntimeException failed) {
      Libc.close(mounts);
      throw failed;
    }
  }

  private void leaveCommonMounts() {
    check("unshare", Libc.unshare(Libc.CLONE_NEWNS));
    check("mount --make-rslave /", Libc.mount(null, "/", null, MS_REC | MS_SLAVE, null));
    check("umount " + hidden, Libc.umount2(hidden.toString(), MNT_DETACH));
  }

  private void detachUnneeded(int mounts) {
    Excursion.fromMounts(() -> {
      check("setns", Libc.setns(mounts, Libc.CLONE_NEWNS));
      detachUnneeded();
      return mounts;
    });
  }

  private void detachUnneeded() {
    for (String line : mountsOfThisThread()) {
      String mounted = unescaped(line.split(" ", 6)[4]);
      if (isUnneeded(Path.of(mounted))
          && Libc.umount2(mounted, MNT_DETACH) == -1
          && Libc.errno() != SystemCallFailed.EINVAL
          && Libc.errno() != SystemCallFailed.ENOENT) {
        // EINVAL and ENOENT: it went together with the mount it lay on
        LOG.debug("Detaching {} failed with error {}", mounted, Libc.errno());
      }
    }
  }

  private static List<String> mountsOfThisThread() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/mountinfo"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isUnneeded(Path mounted) {
    Predicate<Path> under = mounted::startsWith;
    boolean kernels =
        List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev")).stream().anyMatch(under);
    return !kernels && needed.stream().noneMatch(path -> path.startsWith(mounted));
  }

  /** mountinfo writes space, tab, newline and backslash as three octal digits. */
  static String unescaped(String path) {
    return path.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
