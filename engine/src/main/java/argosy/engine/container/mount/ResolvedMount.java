package argosy.engine.container.mount;

import argosy.engine.container.Container.MountPoint;

/**
 * A mount of one container with its source known, as its record keeps it.
 *
 * @param listed whether inspect shows it among the mounts ({@code --tmpfs} is shown elsewhere)
 * @param copyUp fill an empty volume with what the image has at the destination
 * @param createSource make a missing source directory
 * @param subpath inside the volume, "" for all of it
 * @param tmpfsOptions comma-separated
 */
public record ResolvedMount(
    MountPoint point,
    boolean listed,
    boolean copyUp,
    boolean createSource,
    boolean nonRecursive,
    String subpath,
    String tmpfsOptions) {

  /** Another container's mount, taken over; {@code readOnly} narrows it. */
  public static ResolvedMount from(MountPoint other, boolean readOnly) {
    var point =
        new MountPoint(
            other.type(),
            other.name(),
            other.source(),
            other.destination(),
            other.driver(),
            readOnly ? "ro" : other.mode(),
            other.writable() && !readOnly,
            other.propagation());
    return new ResolvedMount(point, true, false, false, false, "", "");
  }
}
