package argosy.engine.disk;

import argosy.engine.archive.Compression;
import argosy.engine.archive.Octets;
import argosy.engine.archive.TarEntry;
import argosy.engine.archive.TarEntry.Kind;
import argosy.engine.archive.TarReader;
import argosy.engine.disk.EntryMaking.Dress;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a tar, plain or packed, into a directory of a root that others may use meanwhile: what
 * {@code docker cp} brings. The rules and the sentences are Docker's; that nothing leaves the root
 * is the kernel's doing ({@link ContainedTree}). For one platform thread.
 */
public final class Extraction {
  private static final int PERMISSIONS = 07777;

  /** Bytes read of an archive that was refused, so that its sender comes to read the answer. */
  private static final int COURTESY = 16 << 20;

  private final ContainedTree tree;
  private final Rules rules;
  private final EntryMaking making;
  private final DirectoryTimes directoryTimes = new DirectoryTimes();

  /**
   * How to unpack.
   *
   * @param directory absolute, clean; its links are followed inside the root
   * @param keepKinds refuse to put a file in a directory's place, and the other way round
   * @param owner whose everything becomes; null: the archive says
   * @param mode permission bits of everything; null: the archive says
   * @param anyLinks whether symbolic links may name what lies outside of the directory: nobody
   *     follows them there either way
   * @param whole the directory itself becomes what the archive says of its root
   */
  public record Rules(
      String directory,
      boolean keepKinds,
      @Nullable Owner owner,
      @Nullable Integer mode,
      boolean anyLinks,
      boolean whole) {
    /** For a directory that has an owner and a mode of its own. */
    public Rules(
        String directory,
        boolean keepKinds,
        @Nullable Owner owner,
        @Nullable Integer mode,
        boolean anyLinks) {
      this(directory, keepKinds, owner, mode, anyLinks, false);
    }

    public Rules(String directory, boolean keepKinds, @Nullable Owner owner) {
      this(directory, keepKinds, owner, null, false);
    }

    /** For a tree that is to be what the archive says, to the last link. */
    public static Rules faithful() {
      return new Rules("/", false, null, null, true, true);
    }
  }

  /** A user and a group by number. */
  public record Owner(int uid, int gid) {}

  private Extraction(ContainedTree tree, TarReader archive, Rules rules) {
    this.tree = tree;
    this.making = EntryMaking.inForeign(tree, archive);
    this.rules = rules;
  }

  /**
   * Unpacks to the archive's end.
   *
   * @param root is taken over
   * @throws Refused with the sentence for the user; what was unpacked before stays
   */
  public static void run(InputStream archive, HeldFile root, Rules rules) {
    var parts =
        Stream.of(Octets.ofText(rules.directory()).split("/")).filter(part -> !part.isEmpty());
    try (var tree = new ContainedTree(root, parts.toList())) {
      var reader = new TarReader(Compression.plain(archive));
      new Extraction(tree, reader, rules).unpack(reader);
      archive.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new Refused(new Failure.Invalid("can not read the archive: " + e.getMessage()), e);
    } catch (SystemCallFailed e) {
      readOn(archive);
      throw new Refused(new Failure.Internal(e.getMessage()), e);
    } catch (Refused refused) {
      readOn(archive);
      throw refused;
    }
  }

  private static void readOn(InputStream archive) {
    try {
      archive.skipNBytes(COURTESY);
    } catch (IOException end) {
      return; // it is at its end, or its sender is gone
    }
  }

  private void unpack(TarReader archive) throws IOException {
    for (var entry = archive.next(); entry != null; entry = archive.next()) {
      entry(entry);
    }
    directoryTimes.apply(tree);
  }

  private void entry(TarEntry entry) throws IOException {
    var path =
        EntryPath.within(entry.name())
            .orElseThrow(
                () -> invalid("\"%s\" is outside of \"%s\"", entry.shown(), rules.directory()));
    if (path.isRoot()) {
      if (rules.whole() && entry.isDirectory()) {
        making.dressAgain(path, dress(entry));
        directoryTimes.put(path, entry.modified());
      }
      return;
    }
    FileStatus there = tree.status(path).orElse(null);
    if (there != null) {
      checkKinds(path, there, entry);
    }
    if (entry.is(Kind.HARD_LINK)) {
      hardLink(path, there != null, entry.link());
    } else {
      place(path, there, entry);
    }
    if (entry.isDirectory()) {
      directoryTimes.put(path, entry.modified());
    }
  }

  private void checkKinds(EntryPath path, FileStatus there, TarEntry entry) {
    if (rules.keepKinds() && there.isDirectory() && !entry.isDirectory()) {
      throw invalid(
          "cannot overwrite directory \"%s\" with non-directory \"%s\"",
          shown(path), rules.directory());
    }
    if (rules.keepKinds() && !there.isDirectory() && entry.isDirectory()) {
      throw invalid(
          "cannot overwrite non-directory \"%s\" with directory \"%s\"",
          shown(path), rules.directory());
    }
  }

  private void place(EntryPath path, @Nullable FileStatus there, TarEntry entry)
      throws IOException {
    if (!rules.anyLinks() && entry.is(Kind.SYMBOLIC_LINK) && path.leadsOut(entry.link())) {
      throw invalid("invalid symlink \"%s\" -> \"%s\"", shown(path), Octets.text(entry.link()));
    }
    var dress = dress(entry);
    if (there != null && there.isDirectory() && entry.isDirectory()) {
      making.dressAgain(path, dress);
      return;
    }
    if (there != null) {
      tree.remove(path);
    }
    if (!making.make(path, entry, dress)) {
      throw new Refused(new Failure.Conflict("\"%s\" changes meanwhile".formatted(shown(path))));
    }
  }

  private void hardLink(EntryPath path, boolean replaces, String name) {
    var target =
        EntryPath.within(name)
            .filter(found -> !found.isRoot())
            .orElseThrow(
                () -> invalid("invalid hardlink \"%s\" -> \"%s\"", shown(path), Octets.text(name)));
    if (replaces) {
      tree.remove(path);
    }
    try {
      if (!tree.hardLink(path, target)) {
        throw new Refused(new Failure.Conflict("\"%s\" changes meanwhile".formatted(shown(path))));
      }
    } catch (SystemCallFailed failed) {
      throw failed.is(SystemCallFailed.ENOENT) ? noTarget(path, target) : failed;
    }
  }

  private Refused noTarget(EntryPath path, EntryPath target) {
    return new Refused(
        new Failure.Internal(
            "link %s %s: no such file or directory".formatted(shown(target), shown(path))));
  }

  private Dress dress(TarEntry entry) {
    Owner owner = rules.owner() == null ? new Owner(entry.uid(), entry.gid()) : rules.owner();
    int mode = (rules.mode() == null ? entry.mode() : rules.mode()) & PERMISSIONS;
    var attributes = new HashMap<>(entry.attributes());
    attributes.keySet().removeIf(name -> name.startsWith("trusted.overlay."));
    return new Dress(owner.uid(), owner.gid(), mode, entry.modified(), attributes);
  }

  private String shown(EntryPath path) {
    return rules.directory().equals("/") ? path.toString() : rules.directory() + path;
  }

  private static Refused invalid(String sentence, String... words) {
    return new Refused(new Failure.Invalid(sentence.formatted((Object[]) words)));
  }
}
