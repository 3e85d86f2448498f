package argosy.engine.disk;

import argosy.engine.archive.TarEntry;
import argosy.engine.archive.TarReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Makes what an archive's entries are, in a tree, with as few calls of the kernel as it takes. */
final class EntryMaking {
  private static final int SET_GROUP = 02000;
  private static final int SPECIAL = 07000;
  private static final int UMASK = umask();

  private final ContainedTree tree;
  private final TarReader archive;
  private final AttributeLoss loss;
  private final boolean fresh;
  private boolean inherits;

  /** What a file wears: owner, permissions, time of modification, extended attributes. */
  record Dress(int uid, int gid, int mode, Instant modified, Map<String, byte[]> attributes) {}

  private EntryMaking(ContainedTree tree, TarReader archive, AttributeLoss loss, boolean fresh) {
    this.tree = tree;
    this.archive = archive;
    this.loss = loss;
    this.fresh = fresh;
  }

  /**
   * In a tree that this process's own root user makes from nothing: what a new file has by itself
   * is not set again.
   */
  static EntryMaking inFresh(ContainedTree tree, TarReader archive) {
    return new EntryMaking(tree, archive, AttributeLoss.REFUSED, true);
  }

  /** In a tree of somebody else's, whose directories may pass on groups and access lists. */
  static EntryMaking inForeign(ContainedTree tree, TarReader archive) {
    return new EntryMaking(tree, archive, AttributeLoss.BORNE, false);
  }

  private static int umask() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("Umask:"))
          .map(line -> Integer.parseInt(line.substring(6).strip(), 8))
          .findFirst()
          .orElse(0777);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes and dresses anything but a hard link; a directory's time is left, because making its
   * entries changes it.
   *
   * @return false when there is something of that name already
   */
  boolean make(EntryPath path, TarEntry entry, Dress dress) throws IOException {
    return switch (entry.kind()) {
      case FILE -> file(path, entry, dress);
      case DIRECTORY ->
          tree.directory(path, dress.mode() & ~SPECIAL) && dressed(path, entry, dress);
      case SYMBOLIC_LINK -> tree.symbolicLink(path, entry.link()) && dressed(path, entry, dress);
      case CHARACTER_DEVICE -> node(path, FileStatus.CHARACTER_DEVICE, entry, dress);
      case BLOCK_DEVICE -> node(path, FileStatus.BLOCK_DEVICE, entry, dress);
      case PIPE -> node(path, FileStatus.PIPE, entry, dress);
      case HARD_LINK -> throw new IllegalArgumentException("a hard link is made by its target");
    };
  }

  private boolean file(EntryPath path, TarEntry entry, Dress dress) throws IOException {
    var made = tree.file(path, fresh ? dress.mode() & ~SPECIAL : 0600);
    if (made.isEmpty()) {
      return false;
    }
    try (var file = made.get()) {
      archive.content(entry, file);
      if (needsOwner(dress)) {
        file.owner(dress.uid(), dress.gid());
      }
      if (needsMode(dress)) {
        file.mode(dress.mode());
      }
      file.attributes(dress.attributes(), loss);
      file.modified(dress.modified());
    }
    return true;
  }

  private boolean node(EntryPath path, int type, TarEntry entry, Dress dress) {
    if (!tree.node(path, type, entry.major(), entry.minor())) {
      return false;
    }
    tree.owner(path, dress.uid(), dress.gid());
    tree.mode(path, dress.mode());
    attributes(path, dress);
    tree.modified(path, dress.modified());
    return true;
  }

  /** True, for it always succeeds or throws. */
  private boolean dressed(EntryPath path, TarEntry entry, Dress dress) {
    if (needsOwner(dress)) {
      tree.owner(path, dress.uid(), dress.gid());
    }
    if (entry.isDirectory() && needsMode(dress)) {
      tree.mode(path, dress.mode());
    }
    attributes(path, dress);
    if (entry.isDirectory()) {
      inherits |= (dress.mode() & SET_GROUP) != 0;
    } else {
      tree.modified(path, dress.modified());
    }
    return true;
  }

  /** Dresses a directory that is there already, all but its time. */
  void dressAgain(EntryPath path, Dress dress) {
    // the owner first: a change of owner clears set-uid
    tree.owner(path, dress.uid(), dress.gid());
    tree.mode(path, dress.mode());
    attributes(path, dress);
    inherits |= (dress.mode() & SET_GROUP) != 0;
  }

  private void attributes(EntryPath path, Dress dress) {
    dress.attributes().forEach((name, value) -> tree.extendedAttribute(path, name, value, loss));
  }

  private boolean needsOwner(Dress dress) {
    return !fresh || inherits || dress.uid() != 0 || dress.gid() != 0;
  }

  private boolean needsMode(Dress dress) {
    return !fresh || (dress.mode() & (SPECIAL | UMASK)) != 0;
  }
}
