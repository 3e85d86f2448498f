package argosy.engine.container;

import argosy.engine.container.mount.InRoot;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.disk.RootFilesystems;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sources of a container's mounts that are made for it: images, and directories within volumes
 * or images. A directory is opened, links followed inside the volume only, and what is open is
 * mounted at a place that nobody else writes to: who changes the volume meanwhile can put a link in
 * its place and gains nothing. They go with the container's root.
 */
record Subpaths(RootFilesystems roots, String container) {

  /** Mounts an image at its place. */
  static void image(RootFilesystems roots, String container, ResolvedMount mount) {
    String place = String.valueOf(Path.of(mount.point().source()).getFileName());
    roots.image(container, Integer.parseInt(place), mount.layers());
  }

  /** The same mounts, their sources in place; throws Refused with Docker's text. */
  List<ResolvedMount> in(List<ResolvedMount> mounts) {
    var placed = new ArrayList<ResolvedMount>();
    for (ResolvedMount mount : mounts) {
      placed.add(placed(mount, 2 * placed.size()));
    }
    return List.copyOf(placed);
  }

  private ResolvedMount placed(ResolvedMount mount, int number) {
    if (mount.isImage()) {
      image(roots, container, mount);
    }
    if (mount.subpath().isEmpty()) {
      return mount;
    }
    String source = mount.point().source();
    try (var directory = InRoot.open(Path.of(source), mount.subpath())) {
      return mount.at(roots.bind(container, number, directory.path()).toString());
    } catch (SystemCallFailed failed) {
      String whole = source + "/" + mount.subpath();
      String why =
          failed.is(SystemCallFailed.ENOENT) ? "no such file or directory" : failed.getMessage();
      throw new Refused(
          new Failure.Internal("cannot access path " + whole + ": lstat " + whole + ": " + why),
          failed);
    }
  }
}
