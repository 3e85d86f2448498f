package argosy.engine.volume;

import argosy.engine.volume.VolumeRequest.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Volumes with something mounted in them: mounted for the first who uses one, unmounted after the
 * last. What the kernel says is the truth, so that a daemon that comes back finds what is mounted
 * and mounts nothing twice. Calls about one volume wait for each other, which may be long when a
 * file server is silent; others do not wait. Every call blocks.
 */
final class VolumeMounts {
  /** What the kernel does for it. */
  interface Kernel {
    /** Throws Refused with Docker's text. */
    void mount(LocalOptions wanted, Path target);

    /** Idempotent. */
    void unmount(Path target);

    /** Real paths of what is mounted at a directory or below it. */
    Set<Path> mounted(Path below);
  }

  private final Kernel kernel;
  private final Map<Path, Use> uses = new ConcurrentHashMap<>();

  VolumeMounts(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Who uses one; guarded by itself. */
  private static final class Use {
    private final Set<String> users = new HashSet<>();
  }

  /** Whether there is something to mount for it. */
  static boolean concerns(Volume volume) {
    return LocalOptions.of(volume.options()).isPresent();
  }

  /** Mounts what is not mounted; what this call mounted is unmounted again when it fails. */
  void use(Collection<Volume> volumes, String user) {
    try {
      volumes.forEach(volume -> use(volume, user));
    } catch (RuntimeException failed) {
      leave(user);
      throw failed;
    }
  }

  private void use(Volume volume, String user) {
    Optional<LocalOptions> wanted = LocalOptions.of(volume.options());
    if (wanted.isEmpty()) {
      return;
    }
    Path target = Path.of(volume.mountpoint());
    var use = uses.computeIfAbsent(target, _ -> new Use());
    synchronized (use) {
      if (!isMounted(target)) {
        kernel.mount(wanted.get(), target);
      }
      use.users.add(user);
    }
  }

  /** Notes that somebody uses what is mounted already. */
  void adopt(Collection<Volume> volumes, String user) {
    for (Volume volume : volumes) {
      Path target = Path.of(volume.mountpoint());
      if (concerns(volume) && isMounted(target)) {
        var use = uses.computeIfAbsent(target, _ -> new Use());
        synchronized (use) {
          use.users.add(user);
        }
      }
    }
  }

  /** Lets go of everything somebody uses. Idempotent. */
  void leave(String user) {
    uses.forEach((target, use) -> {
      synchronized (use) {
        if (use.users.remove(user) && use.users.isEmpty()) {
          kernel.unmount(target);
        }
      }
    });
  }

  /** Unmounts what nobody uses, which a crash left behind. */
  void settle(Collection<Volume> volumes) {
    volumes.stream()
        .filter(VolumeMounts::concerns)
        .forEach(volume -> {
          Path target = Path.of(volume.mountpoint());
          var use = uses.computeIfAbsent(target, _ -> new Use());
          synchronized (use) {
            if (use.users.isEmpty() && isMounted(target)) {
              kernel.unmount(target);
            }
          }
        });
  }

  /** The volume goes: whoever still uses it keeps what he has open. */
  void end(Volume volume) {
    if (!concerns(volume)) {
      return;
    }
    Path target = Path.of(volume.mountpoint());
    var use = uses.computeIfAbsent(target, _ -> new Use());
    synchronized (use) {
      use.users.clear();
      kernel.unmount(target);
    }
    uses.remove(target);
  }

  /** What is mounted in a directory, or at it. */
  Set<Path> inside(Path directory) {
    return kernel.mounted(directory);
  }

  private boolean isMounted(Path target) {
    if (!Files.isDirectory(target)) {
      return false;
    }
    try {
      return kernel.mounted(target).contains(target.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException("can not look at " + target + ": " + e, e);
    }
  }
}
