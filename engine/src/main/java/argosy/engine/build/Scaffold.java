package argosy.engine.build;

import argosy.engine.disk.FileTree;
import argosy.engine.disk.RootFilesystems;
import argosy.engine.disk.TreeArchive;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An image's files with a writable layer on top, to bring files in without a container. It is taken
 * down when closed; what a crash leaves of it goes with the remains of containers at the next
 * start.
 */
final class Scaffold implements AutoCloseable {
  /** All of it, with overlayfs's marks as a layer has them. */
  static final TreeArchive.Selection LAYER =
      new TreeArchive.Selection() {
        @Override
        public boolean isLayer() {
          return true;
        }
      };

  private final RootFilesystems roots;
  private final String id;
  private final List<String> chain;
  private final RootFilesystems.Hold hold;

  /** {@code chain}: chain ids, lowest first. */
  Scaffold(RootFilesystems roots, List<String> chain) {
    this.roots = roots;
    this.id = random();
    this.chain = List.copyOf(chain);
    this.hold = roots.hold(id, chain, false);
  }

  private static String random() {
    byte[] bytes = new byte[32];
    ThreadLocalRandom.current().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The mounted root. */
  Path root() {
    return hold.root();
  }

  /** What was changed; the root is mounted no more. */
  Path upper() {
    hold.close();
    return roots.locations(id, chain).upper();
  }

  @Override
  public void close() {
    hold.close();
    roots.remove(id);
    Path directory = roots.locations(id, chain).upper().getParent();
    if (directory != null) {
      FileTree.delete(directory);
    }
  }
}
