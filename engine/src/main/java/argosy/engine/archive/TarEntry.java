package argosy.engine.archive;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a tar, with what its extended headers say. Names are {@link Octets}.
 *
 * @param link where a symbolic link leads, or the entry a hard link is another name of
 * @param size bytes of a regular file, its holes included
 * @param mode permission bits alone
 * @param attributes extended attributes by name, exactly as they stand there
 * @param sparse where the data lies, for a file with holes
 */
public record TarEntry(
    Kind kind,
    String name,
    String link,
    long size,
    int mode,
    int uid,
    int gid,
    Instant modified,
    int major,
    int minor,
    Map<String, byte[]> attributes,
    @Nullable SparseMap sparse) {

  /** What an entry can be. */
  public enum Kind {
    FILE,
    DIRECTORY,
    HARD_LINK,
    SYMBOLIC_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    PIPE
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /** The name for people. */
  public String shown() {
    return Octets.text(name);
  }

  /** The link's target for people. */
  public String shownLink() {
    return Octets.text(link);
  }
}
