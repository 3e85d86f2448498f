package argosy.engine.spec;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is mounted besides the root file system.
 *
 * @param binds {@code SRC:DST[:OPTIONS]} as given; a SRC without a slash is a volume's name
 * @param tmpfs destination to mount options
 * @param anonymousVolumes destinations (Docker's Config.Volumes)
 */
public record Storage(
    List<String> binds,
    List<Mount> mounts,
    Map<String, String> tmpfs,
    List<String> volumesFrom,
    Set<String> anonymousVolumes,
    String volumeDriver,
    Map<String, String> storageOpt) {
  public Storage {
    binds = List.copyOf(binds);
    mounts = List.copyOf(mounts);
    tmpfs = Map.copyOf(tmpfs);
    volumesFrom = List.copyOf(volumesFrom);
    anonymousVolumes = Set.copyOf(anonymousVolumes);
    storageOpt = Map.copyOf(storageOpt);
  }

  public enum MountType {
    BIND,
    VOLUME,
    TMPFS,
    IMAGE
  }

  /**
   * One {@code --mount}.
   *
   * @param source a path, a volume's name, an image's, or "" (anonymous volume, tmpfs)
   * @param volume of an image only the subpath
   * @param propagation "": rprivate
   * @param depth how far down a read-only bind goes; null: as far as the kernel can
   * @param tmpfsSize bytes, 0 unset
   * @param tmpfsMode octal value, 0 unset
   * @param tmpfsFlags further options of a tmpfs, comma-separated
   */
  public record Mount(
      MountType type,
      String source,
      String target,
      boolean readOnly,
      String propagation,
      boolean createMountpoint,
      boolean nonRecursive,
      @Nullable ReadOnlyDepth depth,
      @Nullable VolumeOptions volume,
      long tmpfsSize,
      int tmpfsMode,
      @Nullable String tmpfsFlags) {}

  /** What is mounted below a read-only bind mount: stays writable, or must be read-only too. */
  public enum ReadOnlyDepth {
    WRITABLE_BELOW,
    ALL_OF_IT
  }

  public record VolumeOptions(
      boolean noCopy,
      String subpath,
      Map<String, String> labels,
      String driver,
      Map<String, String> driverOptions) {
    public VolumeOptions {
      labels = Map.copyOf(labels);
      driverOptions = Map.copyOf(driverOptions);
    }
  }
}
