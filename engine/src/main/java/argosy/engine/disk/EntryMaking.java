package argosy.engine.disk;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Makes what an archive's entry is, in a tree where there is nothing of its name yet. */
final class EntryMaking {
  private EntryMaking() {}

  /**
   * Makes anything but a hard link, without owner, mode or time.
   *
   * @return bytes of a regular file, else 0
   */
  static long make(ContainedTree tree, EntryPath path, TarArchiveEntry entry, InputStream data)
      throws IOException {
    if (entry.isDirectory()) {
      tree.directory(path);
    } else if (entry.isSymbolicLink()) {
      tree.symbolicLink(path, entry.getLinkName());
    } else if (entry.isCharacterDevice()) {
      tree.node(path, FileStatus.CHARACTER_DEVICE, entry.getDevMajor(), entry.getDevMinor());
    } else if (entry.isBlockDevice()) {
      tree.node(path, FileStatus.BLOCK_DEVICE, entry.getDevMajor(), entry.getDevMinor());
    } else if (entry.isFIFO()) {
      tree.node(path, FileStatus.PIPE, 0, 0);
    } else {
      return tree.file(path, data);
    }
    return 0;
  }
}
