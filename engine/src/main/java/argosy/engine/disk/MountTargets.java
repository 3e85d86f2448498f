package argosy.engine.disk;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Places in a root where something is mounted. */
public final class MountTargets {
  private MountTargets() {}

  /**
   * What is at a path in a root, links followed inside it; made where it is missing, as an empty
   * directory or an empty file.
   */
  public static HeldFile make(HeldFile root, String path, boolean directory) {
    return make(root, path, directory, new Extraction.Owner(0, 0));
  }

  /** The same; what is made belongs to this owner, directories on the way to root. */
  public static HeldFile make(
      HeldFile root, String path, boolean directory, Extraction.Owner owner) {
    try {
      return root.inside(path);
    } catch (SystemCallFailed missing) {
      if (!missing.is(SystemCallFailed.ENOENT)) {
        throw missing;
      }
    }
    var wanted = EntryPath.of(path);
    try (var tree = new ContainedTree(root.again(), List.of())) {
      if (directory) {
        tree.directory(wanted);
      } else {
        tree.file(wanted, InputStream.nullInputStream());
      }
      tree.attributes(wanted, owner.uid(), owner.gid(), 0755, false);
      return root.inside(path);
    } catch (IOException e) {
      throw new Refused(new Failure.Internal("can not make " + path + ": " + e.getMessage()), e);
    }
  }

  /** Mount points below a directory of this host. */
  public static Set<Path> below(Path directory) {
    return Mounts.below(directory);
  }
}
