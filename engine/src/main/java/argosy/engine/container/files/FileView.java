package argosy.engine.container.files;

import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.disk.FileStatus;
import argosy.engine.disk.HeldFile;
import argosy.engine.linux.Excursion;
import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A container's root directory with everything mounted in it. While the container runs it is what
 * its processes see, tmpfs included; else its mounts are made again where nobody else sees them,
 * and they go with the view. Paths in it are resolved by the kernel inside the root.
 *
 * <p>For one platform thread that is not used for anything else before or after.
 *
 * @param root the root directory
 * @param namespace keeps the mounts in place, also when a running container ends; -1: none
 */
record FileView(HeldFile root, int namespace) implements AutoCloseable {
  /** Opens a view. */
  static FileView of(FileSite site) {
    Optional<FileView> inside =
        site.pid().isPresent() ? inside(site.pid().getAsInt(), site.merged()) : Optional.empty();
    return inside.orElseGet(() -> atRest(site.merged(), site.mounts()));
  }

  /** What the container changed and its image, without what is mounted. */
  static FileView bare(FileSite site) {
    return new FileView(HeldFile.directory(site.merged()), -1);
  }

  /** Empty when that process is gone, or has made another directory its namespace's root. */
  private static Optional<FileView> inside(int pid, Path merged) {
    FileStatus.Identity expected;
    try (var own = HeldFile.directory(merged)) {
      expected = own.status().identity();
    }
    int namespace = Libc.open("/proc/" + pid + "/ns/mnt", Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
    if (namespace == -1) {
      return Optional.empty();
    }
    try {
      var view = new FileView(rootOf(namespace), namespace);
      if (view.root().status().identity().equals(expected)) {
        return Optional.of(view);
      }
      view.close();
    } catch (SystemCallFailed gone) {
      Libc.close(namespace);
    }
    return Optional.empty();
  }

  private static HeldFile rootOf(int namespace) {
    int flags = Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_CLOEXEC;
    return Excursion.fromMounts(() -> {
      Libc.check("setns", Libc.setns(namespace, Libc.CLONE_NEWNS));
      return new HeldFile(Libc.check("open a container's root", Libc.open("/", flags, 0)));
    });
  }

  private static FileView atRest(Path merged, List<ResolvedMount> mounts) {
    if (mounts.isEmpty()) {
      return new FileView(HeldFile.directory(merged), -1);
    }
    return new RestingMounts(merged).with(mounts);
  }

  @Override
  public void close() {
    root.close();
    if (namespace >= 0) {
      Libc.close(namespace);
    }
  }
}
