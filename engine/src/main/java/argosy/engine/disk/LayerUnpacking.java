package argosy.engine.disk;

import argosy.engine.archive.TarEntry;
import argosy.engine.archive.TarEntry.Kind;
import argosy.engine.archive.TarReader;
import argosy.engine.disk.EntryMaking.Dress;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Unpacks one layer's plain tar into an empty directory, the way overlayfs wants it: a whiteout
 * becomes a character device 0/0, an opaque directory gets {@code trusted.overlay.opaque} (OCI
 * image spec, layer.md; kernel, overlayfs.rst). What would reach outside is refused. A symbolic
 * link may lead anywhere, as in Docker: nobody follows it but the kernel, inside the root.
 */
final class LayerUnpacking {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final String OPAQUE_ATTRIBUTE = "trusted.overlay.opaque";
  private static final byte[] OPAQUE_VALUE = {'y'};
  private static final String OVERLAY_ATTRIBUTES = "trusted.overlay.";

  private final ContainedTree tree;
  private final EntryMaking making;
  private final DirectoryTimes directoryTimes = new DirectoryTimes();
  private final Set<EntryPath> whiteouts = new HashSet<>();
  private long size;

  private LayerUnpacking(ContainedTree tree, TarReader archive) {
    this.tree = tree;
    this.making = EntryMaking.inFresh(tree, archive);
  }

  /**
   * Unpacks to the archive's end.
   *
   * @return bytes of all regular files and of where symbolic links lead, as Docker sums layers up
   * @throws Refused for an archive that would reach outside
   * @throws IOException for one that is broken
   */
  static long unpack(InputStream tar, Path directory) throws IOException {
    try (var tree = new ContainedTree(directory)) {
      var archive = new TarReader(tar);
      var unpacking = new LayerUnpacking(tree, archive);
      for (var entry = archive.next(); entry != null; entry = archive.next()) {
        unpacking.entry(EntryPath.of(entry.name()), entry);
      }
      unpacking.directoryTimes.apply(tree);
      return unpacking.size;
    }
  }

  private void entry(EntryPath path, TarEntry entry) throws IOException {
    if (path.isRoot()) {
      root(path, entry);
    } else if (path.name().startsWith(WHITEOUT)) {
      whiteout(path);
    } else if (entry.is(Kind.HARD_LINK)) {
      hardLink(path, entry);
    } else {
      place(path, entry);
      size += entry.is(Kind.SYMBOLIC_LINK) ? entry.link().length() : entry.size();
    }
    if (entry.isDirectory() && !path.isRoot() && !path.name().startsWith(WHITEOUT)) {
      directoryTimes.put(path, entry.modified());
    }
  }

  private void root(EntryPath path, TarEntry entry) {
    if (!entry.isDirectory()) {
      throw new Refused(new Failure.Invalid("the archive's root is not a directory"));
    }
    making.dressAgain(path, dress(entry));
    directoryTimes.put(path, entry.modified());
  }

  private void place(EntryPath path, TarEntry entry) throws IOException {
    var dress = dress(entry);
    if (making.make(path, entry, dress)) {
      return;
    }
    if (entry.isDirectory() && tree.isDirectory(path)) {
      making.dressAgain(path, dress);
      return;
    }
    tree.remove(path);
    boolean hidden = whiteouts.remove(path);
    making.make(path, entry, dress);
    if (hidden && entry.isDirectory()) {
      opaque(path);
    }
  }

  private static Dress dress(TarEntry entry) {
    Map<String, byte[]> attributes = entry.attributes();
    if (!attributes.isEmpty()) {
      attributes = new HashMap<>(attributes);
      attributes.keySet().removeIf(name -> name.startsWith(OVERLAY_ATTRIBUTES));
    }
    return new Dress(entry.uid(), entry.gid(), entry.mode(), entry.modified(), attributes);
  }

  private void hardLink(EntryPath path, TarEntry entry) {
    var target = EntryPath.of(entry.link());
    if (target.isRoot() || target.equals(path)) {
      throw missing(path, target);
    }
    try {
      if (!tree.hardLink(path, target)) {
        tree.remove(path);
        whiteouts.remove(path);
        tree.hardLink(path, target);
      }
    } catch (SystemCallFailed failed) {
      throw failed.is(SystemCallFailed.ENOENT) ? missing(path, target) : failed;
    }
  }

  private static Refused missing(EntryPath path, EntryPath target) {
    return new Refused(
        new Failure.Invalid(
            "the archive's entry \"%s\" links to \"%s\", which is not there"
                .formatted(path, target)));
  }

  private void whiteout(EntryPath path) {
    if (path.name().equals(OPAQUE)) {
      tree.parentAttribute(path, OPAQUE_ATTRIBUTE, OPAQUE_VALUE);
    } else if (!path.name().startsWith(WHITEOUT + WHITEOUT)) {
      hide(path.sibling(named(path)));
    }
  }

  private void opaque(EntryPath path) {
    tree.extendedAttribute(path, OPAQUE_ATTRIBUTE, OPAQUE_VALUE);
  }

  private static String named(EntryPath path) {
    String name = path.name().substring(WHITEOUT.length());
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new Refused(new Failure.Invalid("the archive's whiteout \"" + path + "\" is broken"));
    }
    return name;
  }

  /** Hides what lower layers have; what this layer itself brought, before or after, stays. */
  private void hide(EntryPath path) {
    if (tree.node(path, FileStatus.CHARACTER_DEVICE, 0, 0)) {
      whiteouts.add(path);
    } else if (tree.isDirectory(path)) {
      opaque(path);
    }
  }
}
