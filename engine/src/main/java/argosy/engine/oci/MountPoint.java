package argosy.engine.oci;

import argosy.engine.spec.Storage.ReadOnlyDepth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something mounted into the container, its source already found or made on this host.
 *
 * @param source a host path; "" for tmpfs
 * @param propagation private, rprivate, shared, rshared, slave or rslave; "" is rprivate
 * @param nonRecursive leave out what is mounted below the source
 * @param depth how far down read-only goes; null: as far as the kernel can
 * @param tmpfsOptions comma-separated, as {@code --tmpfs} takes them
 * @param inherited of ro, nosuid, nodev and noexec those of the mount the source lies on: a bind
 *     mount keeps them (mount(2)), but a runtime that gives it flags of its own takes them away
 */
public record MountPoint(
    Kind kind,
    String source,
    String destination,
    boolean readOnly,
    String propagation,
    boolean nonRecursive,
    @Nullable ReadOnlyDepth depth,
    String tmpfsOptions,
    List<String> inherited) {
  public MountPoint {
    inherited = List.copyOf(inherited);
  }

  public enum Kind {
    BIND,
    TMPFS
  }

  /** One file or directory, without a thought of what may be mounted below. */
  public static MountPoint bind(String source, String destination, boolean readOnly) {
    return new MountPoint(
        Kind.BIND,
        source,
        destination,
        readOnly,
        "",
        false,
        ReadOnlyDepth.WRITABLE_BELOW,
        "",
        List.of());
  }

  public static MountPoint tmpfs(String destination, String options) {
    return new MountPoint(Kind.TMPFS, "", destination, false, "", false, null, options, List.of());
  }
}
