package argosy.engine.disk;

import argosy.engine.archive.Octets;
import argosy.engine.linux.SystemCallFailed;
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
    var wanted = EntryPath.of(Octets.ofText(path));
    try (var tree = new ContainedTree(root.again(), List.of())) {
      if (!(directory ? tree.directory(wanted, 0755) : file(tree, wanted))) {
        throw new SystemCallFailed("make " + path, SystemCallFailed.EEXIST);
      }
      tree.owner(wanted, owner.uid(), owner.gid());
      tree.mode(wanted, 0755);
      return root.inside(path);
    }
  }

  private static boolean file(ContainedTree tree, EntryPath path) {
    var made = tree.file(path, 0755);
    made.ifPresent(NewFile::close);
    return made.isPresent();
  }

  /** Mount points below a directory of this host. */
  public static Set<Path> below(Path directory) {
    return Mounts.below(directory);
  }
}
