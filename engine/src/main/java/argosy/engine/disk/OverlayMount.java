package argosy.engine.disk;

import static argosy.engine.linux.Libc.O_CLOEXEC;
import static argosy.engine.linux.Libc.O_DIRECTORY;
import static argosy.engine.linux.Libc.O_PATH;
import static argosy.engine.linux.Libc.check;

import argosy.engine.linux.Libc;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;

/** Overlays put in the kernel's hands and taken back: their directories, mount and unmount. */
final class OverlayMount {
  private static final int MNT_DETACH = 2;
  private static final int UMOUNT_NOFOLLOW = 8;

  private OverlayMount() {}

  /**
   * Makes a container's directories, as far as they are not there.
   *
   * @param empty the layer below a root that has none
   */
  static void prepare(RootFilesystems.Locations parts, Path empty) {
    try {
      Files.createDirectories(empty);
      if (!Files.isDirectory(parts.upper())) {
        Files.createDirectories(parts.upper());
        likeRoot(parts.lower().getFirst(), parts.upper());
      }
      refreshWork(parts.work());
      Files.createDirectories(parts.merged());
    } catch (IOException e) {
      throw new UncheckedIOException("can not prepare " + parts.merged() + ": " + e, e);
    }
  }

  /** The merged root shows the upper directory's owner and mode: they are the image's. */
  private static void likeRoot(Path lower, Path upper) throws IOException {
    String path = upper.toString();
    check(
        "chown " + upper,
        Libc.fchownat(Libc.AT_FDCWD, path, attribute(lower, "uid"), attribute(lower, "gid"), 0));
    check(
        "chmod " + upper, Libc.fchmodat(Libc.AT_FDCWD, path, attribute(lower, "mode") & 07777, 0));
  }

  private static int attribute(Path path, String name) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:" + name);
  }

  /**
   * A volatile mount leaves {@code incompat/volatile} behind, also when it ended well, and then
   * refuses to mount again (kernel, overlayfs.rst, "Volatile mount"); what a crash of the host cost
   * such a container its owner gave up when it was made.
   */
  private static void refreshWork(Path work) throws IOException {
    if (Files.exists(work.resolve("work/incompat/volatile"))) {
      FileTree.delete(work);
    }
    Files.createDirectories(work);
  }

  /** Mounts it; the target must be there. */
  static void mount(Path target, OverlayOptions options) {
    if (options.plain()) {
      mount(target, options.text(Path::toString));
    } else {
      mountByDescriptors(target, options);
    }
  }

  private static void mount(Path target, String options) {
    NativeCalls.await(() ->
        check(
            "mount overlay on " + target,
            Libc.mount("overlay", target.toString(), "overlay", 0, options)));
  }

  private static void mountByDescriptors(Path target, OverlayOptions options) {
    var opened = new HashMap<Path, Integer>();
    try {
      for (Path path : options.paths()) {
        opened.put(
            path,
            check("open " + path, Libc.open(path.toString(), O_PATH | O_DIRECTORY | O_CLOEXEC, 0)));
      }
      mount(target, options.text(path -> "/proc/self/fd/" + opened.get(path)));
    } finally {
      opened.values().forEach(Libc::close);
    }
  }

  /**
   * Unmounts whatever is mounted there; what is busy is detached.
   *
   * @return false when there was nothing, or something busy
   */
  static boolean unmounted(Path target) {
    if (Libc.umount2(target.toString(), UMOUNT_NOFOLLOW) == 0) {
      return true;
    }
    var failed = new SystemCallFailed("umount " + target, Libc.errno());
    if (failed.is(SystemCallFailed.EBUSY)) {
      check("umount " + target, Libc.umount2(target.toString(), MNT_DETACH | UMOUNT_NOFOLLOW));
    } else if (!failed.is(SystemCallFailed.EINVAL) && !failed.is(SystemCallFailed.ENOENT)) {
      throw failed;
    }
    return false;
  }
}
