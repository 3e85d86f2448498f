package argosy.engine.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Removes control groups in which nothing runs any more. */
public final class CgroupRemoval {
  private CgroupRemoval() {}

  /**
   * Removes a group, and groups made inside it, from every hierarchy of this host.
   *
   * @param path the group's path below a hierarchy's root
   * @return false when something in it still runs; then some of it may be left
   */
  public static boolean remove(String path) throws IOException {
    return remove(hierarchies(Cgroup.ROOT, Cgroup.version()), path);
  }

  static boolean remove(List<Path> hierarchies, String path) throws IOException {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    for (Path hierarchy : hierarchies) {
      Path group = hierarchy.resolve(relative).normalize();
      boolean inside = group.startsWith(hierarchy) && !group.equals(hierarchy);
      if (!inside || !removed(group)) {
        return false;
      }
    }
    return true;
  }

  private static boolean removed(Path group) throws IOException {
    try {
      for (Path child : directories(group)) {
        if (!removed(child)) {
          return false;
        }
      }
      delete(group);
      return true;
    } catch (NoSuchFileException gone) {
      return true;
    } catch (FileSystemException busy) {
      // EBUSY has no class of its own
      return false;
    }
  }

  /**
   * A control group's files go with it. A directory that keeps them is none: crun makes one where a
   * host has {@code unified} without anything mounted there.
   */
  private static void delete(Path group) throws IOException {
    try {
      Files.deleteIfExists(group);
    } catch (DirectoryNotEmptyException plain) {
      Files.deleteIfExists(group.resolve("cgroup.procs"));
      Files.deleteIfExists(group);
    }
  }

  private static List<Path> hierarchies(Path root, int version) throws IOException {
    return version == 2 ? List.of(root) : directories(root);
  }

  private static List<Path> directories(Path parent) throws IOException {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> children =
        Files.newDirectoryStream(
            parent, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
      children.forEach(found::add);
    }
    return found;
  }
}
