package argosy.engine.container.files;

import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.disk.Extraction;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A container as far as its files go.
 *
 * @param reference how the asker named it
 * @param pid its first process while it runs
 * @param merged its mounted root
 * @param mounts what is mounted in it, but for tmpfs, whose content goes with the run
 * @param readOnly its root file system may not be written
 * @param owner looks up its user by its own user database; null where none is set
 */
public record FileSite(
    String reference,
    OptionalInt pid,
    Path merged,
    List<ResolvedMount> mounts,
    boolean readOnly,
    Supplier<Extraction.@Nullable Owner> owner) {
  public FileSite {
    mounts = List.copyOf(mounts);
  }
}
