package argosy.engine.container.mount;

import argosy.engine.container.Container.MountPoint;
import argosy.engine.spec.Storage.ReadOnlyDepth;
import org.jspecify.annotations.Nullable;

/**
 * A mount of one container with its source known, as its record keeps it.
 *
 * @param listed whether inspect shows it among the mounts ({@code --tmpfs} is shown elsewhere)
 * @param copyUp fill an empty volume with what the image has at the destination
 * @param createSource make a missing source directory
 * @param depth of a read-only bind; null: as far down as the kernel can
 * @param subpath inside the volume, "" for all of it
 * @param tmpfsOptions comma-separated
 */
public record ResolvedMount(
    MountPoint point,
    boolean listed,
    boolean copyUp,
    boolean createSource,
    boolean nonRecursive,
    @Nullable ReadOnlyDepth depth,
    String subpath,
    String tmpfsOptions) {

  /** A directory or file of the host that the engine itself brings in, not shown to anybody. */
  public static ResolvedMount unlisted(String source, String destination, boolean writable) {
    var point = new MountPoint("bind", "", source, destination, "", "", writable, "rprivate");
    return new ResolvedMount(point, false, false, false, false, null, "", "");
  }

  /** Another container's mount, taken over; {@code readOnly} narrows it. */
  public static ResolvedMount from(MountPoint other, boolean readOnly) {
    var point =
        new MountPoint(
            other.type(),
            other.name(),
            other.source(),
            other.destination(),
            other.driver(),
            "",
            other.writable() && !readOnly,
            other.propagation());
    return new ResolvedMount(point, true, false, false, false, null, "", "");
  }
}
