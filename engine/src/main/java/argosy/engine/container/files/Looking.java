package argosy.engine.container.files;

import argosy.engine.disk.FileStatus;
import argosy.engine.disk.HeldFile;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import java.nio.charset.StandardCharsets;

/** Finds what a path means in a view of a container; the sentences are Docker's. */
record Looking(FileView view, String reference) {

  /** What lies there: a link itself, unless the path can only be a directory. */
  HeldFile find(AskedPath path) {
    try (var directory = view.root().inside(path.directory())) {
      if (!path.isDirectory()) {
        return directory.entry(path.parts().getLast().getBytes(StandardCharsets.UTF_8));
      }
      return checked(path, view.root().inside(path.directory()));
    } catch (SystemCallFailed failed) {
      throw refused(path, failed);
    }
  }

  private static HeldFile checked(AskedPath path, HeldFile held) {
    if (held.status().isDirectory()) {
      return held;
    }
    held.close();
    throw notADirectory(path);
  }

  /** What lies there, links followed to their end. */
  HeldFile follow(AskedPath path) {
    try {
      return view.root().inside(path.clean());
    } catch (SystemCallFailed failed) {
      throw refused(path, failed);
    }
  }

  PathStat stat(AskedPath path, HeldFile found) {
    FileStatus status = found.status();
    String target = status.isSymbolicLink() ? target(path, found) : "";
    return new PathStat(path.name(), status.size(), status.mode(), status.modified(), target);
  }

  /** The end of a chain of links; where it leads nowhere, as far as the first one goes. */
  private String target(AskedPath path, HeldFile link) {
    try (var end = view.root().inside(path.clean())) {
      String root = view.root().name();
      String name = end.name();
      return root.equals("/") || !name.startsWith(root)
          ? name
          : AskedPath.of(name.substring(root.length())).clean();
    } catch (SystemCallFailed nowhere) {
      if (nowhere.is(SystemCallFailed.ELOOP)) {
        throw refused(path, nowhere);
      }
      return path.joined(new String(link.target(), StandardCharsets.UTF_8));
    }
  }

  private Refused refused(AskedPath path, SystemCallFailed failed) {
    return switch (failed.errno()) {
      case SystemCallFailed.ENOENT ->
          new Refused(
              new Failure.NotFound(
                  "Could not find the file " + path.asked() + " in container " + reference),
              failed);
      case SystemCallFailed.ENOTDIR -> notADirectory(path);
      case SystemCallFailed.ELOOP ->
          new Refused(new Failure.Internal("too many links in " + path.shown()), failed);
      default -> new Refused(new Failure.Internal(failed.getMessage()), failed);
    };
  }

  private static Refused notADirectory(AskedPath path) {
    return new Refused(new Failure.Internal("lstat " + path.shown() + ": not a directory"));
  }
}
