package argosy.engine.container.files;

import argosy.engine.container.Container.MountPoint;
import argosy.engine.container.mount.InRoot;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.container.mount.VolumeFilling;
import argosy.engine.disk.HeldFile;
import argosy.engine.disk.MountTargets;
import argosy.engine.linux.Excursion;
import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The volumes and binds of a container that does not run, put in their places in a mount namespace
 * of their own. Nothing of it is seen elsewhere, and it ends with the view.
 */
final class RestingMounts {
  private static final int MS_RDONLY = 1;
  private static final int MS_REMOUNT = 0x20;
  private static final int MS_BIND = 0x1000;
  private static final int MS_REC = 0x4000;
  private static final int MS_SLAVE = 0x80000;
  private static final int MNT_DETACH = 2;

  private final Path merged;

  RestingMounts(Path merged) {
    this.merged = merged;
  }

  /**
   * Fills what is empty, makes the mounts, those further up first, and gives the root they are in.
   */
  FileView with(List<ResolvedMount> mounts) {
    for (ResolvedMount mount : mounts) {
      if (mount.copyUp()) {
        VolumeFilling.fill(Path.of(mount.point().source()), merged, mount.point().destination());
      }
    }
    return Excursion.fromMounts(() -> {
      Libc.check("unshare", Libc.unshare(Libc.CLONE_NEWNS));
      Libc.check("make mounts slaves", Libc.mount(null, "/", null, MS_REC | MS_SLAVE, null));
      letGoOfOthers();
      var root = HeldFile.directory(merged);
      try {
        mounts.stream()
            .sorted(
                Comparator.comparingInt(
                    mount -> Path.of(mount.point().destination()).getNameCount()))
            .forEach(mount -> bring(root, mount));
        return new FileView(root, Excursion.mounts());
      } catch (RuntimeException e) {
        root.close();
        throw e;
      }
    });
  }

  /** A copy of other containers' mounts would keep their file systems alive as long as this. */
  private void letGoOfOthers() {
    for (Path other : MountTargets.below(merged.resolve("../..").normalize())) {
      if (!other.startsWith(merged.getParent())) {
        Libc.umount2(other.toString(), MNT_DETACH);
      }
    }
  }

  private void bring(HeldFile root, ResolvedMount mount) {
    MountPoint point = mount.point();
    Path source = Path.of(point.source());
    if (!Files.exists(source)) {
      return; // made when the container starts
    }
    if (mount.subpath().isEmpty()) {
      bind(root, point, source.toString(), Files.isDirectory(source));
      return;
    }
    try (var held = InRoot.open(source, mount.subpath())) {
      bind(root, point, held.path().toString(), Files.isDirectory(held.path()));
    } catch (SystemCallFailed missing) {
      if (!missing.is(SystemCallFailed.ENOENT)) {
        throw missing;
      }
    }
  }

  private static void bind(HeldFile root, MountPoint point, String source, boolean directory) {
    try (var target = MountTargets.make(root, point.destination(), directory)) {
      Libc.check(
          "mount " + point.destination(),
          Libc.mount(source, target.path(), null, MS_BIND | MS_REC, null));
    }
    if (!point.writable()) {
      try (var mounted = root.inside(point.destination())) {
        int flags = MS_REMOUNT | MS_BIND | MS_RDONLY;
        Libc.check(
            "mount " + point.destination() + " read-only",
            Libc.mount(null, mounted.path(), null, flags, null));
      }
    }
  }
}
