package argosy.engine.disk;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.linux.SystemCallFailed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a tar, plain or packed, into a directory of a root that others may use meanwhile: what
 * {@code docker cp} brings. The rules and the sentences are Docker's; that nothing leaves the root
 * is the kernel's doing ({@link ContainedTree}). For one platform thread.
 */
public final class Extraction {
  private static final int BUFFER = 128 * 1024;
  private static final int PERMISSIONS = 07777;

  /** Bytes read of an archive that was refused, so that its sender comes to read the answer. */
  private static final int COURTESY = 16 << 20;

  private final ContainedTree tree;
  private final Rules rules;
  private final Map<EntryPath, Instant> directoryTimes = new LinkedHashMap<>();

  /**
   * How to unpack.
   *
   * @param directory absolute, clean; its links are followed inside the root
   * @param keepKinds refuse to put a file in a directory's place, and the other way round
   * @param owner whose everything becomes; null: the archive says
   * @param mode permission bits of everything; null: the archive says
   * @param anyLinks whether symbolic links may name what lies outside of the directory: nobody
   *     follows them there either way
   */
  public record Rules(
      String directory,
      boolean keepKinds,
      @Nullable Owner owner,
      @Nullable Integer mode,
      boolean anyLinks) {
    public Rules(String directory, boolean keepKinds, @Nullable Owner owner) {
      this(directory, keepKinds, owner, null, false);
    }
  }

  /** A user and a group by number. */
  public record Owner(int uid, int gid) {}

  private Extraction(ContainedTree tree, Rules rules) {
    this.tree = tree;
    this.rules = rules;
  }

  /**
   * Unpacks to the archive's end.
   *
   * @param root is taken over
   * @throws Refused with the sentence for the user; what was unpacked before stays
   */
  public static void run(InputStream archive, HeldFile root, Rules rules) {
    var parts = List.of(rules.directory().split("/")).stream().filter(part -> !part.isEmpty());
    try (var tree = new ContainedTree(root, parts.toList())) {
      new Extraction(tree, rules).unpack(archive);
      archive.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | IllegalArgumentException e) {
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

  private void unpack(InputStream packed) throws IOException {
    var pax = new PaxAttributes(new BufferedInputStream(Compression.plain(packed), BUFFER));
    var archive = new TarArchiveInputStream(pax, StandardCharsets.UTF_8.name());
    for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
      entry(entry, archive, pax.take());
    }
    directoryTimes.forEach((path, time) -> {
      if (tree.isDirectory(path)) {
        tree.modified(path, time);
      }
    });
  }

  private void entry(TarArchiveEntry entry, InputStream data, Map<String, byte[]> attributes)
      throws IOException {
    var path =
        EntryPath.within(entry.getName())
            .orElseThrow(
                () -> invalid("\"%s\" is outside of \"%s\"", entry.getName(), rules.directory()));
    if (path.isRoot()) {
      return;
    }
    FileStatus there = tree.status(path).orElse(null);
    if (there != null) {
      checkKinds(path, there, entry);
    }
    boolean merged = there != null && there.isDirectory() && entry.isDirectory();
    if (!merged) {
      make(path, there != null, entry, data);
    }
    if (!entry.isLink()) {
      dress(path, entry, attributes);
    }
  }

  private void checkKinds(EntryPath path, FileStatus there, TarArchiveEntry entry) {
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

  private void make(EntryPath path, boolean replaces, TarArchiveEntry entry, InputStream data)
      throws IOException {
    if (!rules.anyLinks() && entry.isSymbolicLink() && path.leadsOut(entry.getLinkName())) {
      throw invalid("invalid symlink \"%s\" -> \"%s\"", shown(path), entry.getLinkName());
    }
    if (replaces) {
      tree.remove(path);
    }
    if (entry.isLink()) {
      hardLink(path, entry.getLinkName());
    } else {
      EntryMaking.make(tree, path, entry, data);
    }
  }

  private void hardLink(EntryPath path, String name) {
    var target =
        EntryPath.within(name)
            .filter(found -> !found.isRoot())
            .orElseThrow(() -> invalid("invalid hardlink \"%s\" -> \"%s\"", shown(path), name));
    try {
      tree.hardLink(path, target);
    } catch (SystemCallFailed failed) {
      throw failed.is(SystemCallFailed.ENOENT) ? noTarget(path, target) : failed;
    }
  }

  private Refused noTarget(EntryPath path, EntryPath target) {
    return new Refused(
        new Failure.Internal(
            "link %s %s: no such file or directory".formatted(shown(target), shown(path))));
  }

  private void dress(EntryPath path, TarArchiveEntry entry, Map<String, byte[]> attributes) {
    Owner owner =
        rules.owner() == null
            ? new Owner((int) entry.getLongUserId(), (int) entry.getLongGroupId())
            : rules.owner();
    int mode = (rules.mode() == null ? entry.getMode() : rules.mode()) & PERMISSIONS;
    tree.attributes(path, owner.uid(), owner.gid(), mode, entry.isSymbolicLink());
    attributes.forEach((name, value) -> extendedAttribute(path, name, value));
    Instant modified = entry.getLastModifiedTime().toInstant();
    if (entry.isDirectory()) {
      directoryTimes.put(path, modified);
    } else {
      tree.modified(path, modified);
    }
  }

  /** A volume's file system may know of no such attributes: then they are lost, as in Docker. */
  private void extendedAttribute(EntryPath path, String name, byte[] value) {
    if (name.startsWith("trusted.overlay.")) {
      return;
    }
    try {
      tree.extendedAttribute(path, name, value);
    } catch (SystemCallFailed failed) {
      if (!failed.is(SystemCallFailed.EOPNOTSUPP) && !failed.is(SystemCallFailed.EPERM)) {
        throw failed;
      }
    }
  }

  private String shown(EntryPath path) {
    return rules.directory().equals("/") ? path.toString() : rules.directory() + path;
  }

  private static Refused invalid(String sentence, String... words) {
    return new Refused(new Failure.Invalid(sentence.formatted((Object[]) words)));
  }
}
