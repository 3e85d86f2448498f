package argosy.engine.disk;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks one layer's plain tar into an empty directory, the way overlayfs wants it: a whiteout
 * becomes a character device 0/0, an opaque directory gets {@code trusted.overlay.opaque} (OCI
 * image spec, layer.md; kernel, overlayfs.rst). What would reach outside is refused.
 */
final class LayerUnpacking {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final String OPAQUE_ATTRIBUTE = "trusted.overlay.opaque";
  private static final String OVERLAY_ATTRIBUTES = "trusted.overlay.";
  private static final int PERMISSIONS = 07777;
  private static final int CHARACTER_DEVICE = 0020000;

  private final ContainedTree tree;
  private final Map<EntryPath, Instant> directoryTimes = new LinkedHashMap<>();
  private final Set<EntryPath> whiteouts = new HashSet<>();
  private long size;

  private LayerUnpacking(ContainedTree tree) {
    this.tree = tree;
  }

  /**
   * Unpacks to the archive's end.
   *
   * @return bytes of all regular files
   * @throws Refused for an archive that is broken or would reach outside
   */
  static long unpack(InputStream tar, Path directory) throws IOException {
    try (var tree = new ContainedTree(directory)) {
      var unpacking = new LayerUnpacking(tree);
      var pax = new PaxAttributes(tar);
      var archive = new TarArchiveInputStream(pax, StandardCharsets.UTF_8.name());
      for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        unpacking.entry(entry, archive, pax.take());
      }
      unpacking.finish();
      return unpacking.size;
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("the archive is broken: " + e.getMessage()), e);
    }
  }

  private void entry(TarArchiveEntry entry, InputStream data, Map<String, byte[]> attributes)
      throws IOException {
    var path = EntryPath.of(entry.getName());
    if (!path.isRoot() && path.name().startsWith(WHITEOUT)) {
      whiteout(path);
    } else {
      boolean merged = entry.isDirectory() && (path.isRoot() || tree.isDirectory(path));
      if (!merged) {
        make(path, entry, data);
      }
      if (!entry.isLink()) {
        dress(path, entry, attributes);
      }
    }
  }

  private void make(EntryPath path, TarArchiveEntry entry, InputStream data) throws IOException {
    if (path.isRoot()) {
      throw new Refused(new Failure.Invalid("the archive's root is not a directory"));
    }
    if (tree.exists(path)) {
      tree.remove(path);
    }
    boolean hidden = whiteouts.remove(path);
    if (entry.isSymbolicLink()) {
      path.refuseLinkOut(entry.getLinkName());
    }
    if (entry.isLink()) {
      hardLink(path, entry);
    } else {
      size += EntryMaking.make(tree, path, entry, data);
    }
    if (hidden && entry.isDirectory()) {
      tree.extendedAttribute(path, OPAQUE_ATTRIBUTE, new byte[] {'y'});
    }
  }

  private void hardLink(EntryPath path, TarArchiveEntry entry) {
    var target = EntryPath.of(entry.getLinkName());
    if (target.isRoot() || !tree.exists(target)) {
      throw new Refused(
          new Failure.Invalid(
              "the archive's entry \""
                  + path
                  + "\" links to \""
                  + target
                  + "\", which is not there"));
    }
    tree.hardLink(path, target);
  }

  private void dress(EntryPath path, TarArchiveEntry entry, Map<String, byte[]> attributes) {
    tree.attributes(
        path,
        (int) entry.getLongUserId(),
        (int) entry.getLongGroupId(),
        entry.getMode() & PERMISSIONS,
        entry.isSymbolicLink());
    attributes.forEach((name, value) -> {
      if (!name.startsWith(OVERLAY_ATTRIBUTES)) {
        tree.extendedAttribute(path, name, value);
      }
    });
    Instant modified = entry.getLastModifiedTime().toInstant();
    if (entry.isDirectory()) {
      directoryTimes.put(path, modified);
    } else {
      tree.modified(path, modified);
    }
  }

  private void whiteout(EntryPath path) {
    if (path.name().equals(OPAQUE)) {
      var hidden = new EntryPath(path.parent());
      tree.extendedAttribute(hidden, OPAQUE_ATTRIBUTE, new byte[] {'y'});
    } else if (!path.name().startsWith(WHITEOUT + WHITEOUT)) {
      hide(path.sibling(named(path)));
    }
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
    if (tree.isDirectory(path)) {
      tree.extendedAttribute(path, OPAQUE_ATTRIBUTE, new byte[] {'y'});
    } else if (!tree.exists(path)) {
      tree.node(path, CHARACTER_DEVICE, 0, 0);
      whiteouts.add(path);
    }
  }

  /** Directories last: making their entries changed their times. */
  private void finish() {
    directoryTimes.forEach((path, time) -> {
      if (path.isRoot() || tree.isDirectory(path)) {
        tree.modified(path, time);
      }
    });
  }
}
