package argosy.engine.container.mount;

import argosy.engine.container.Container.MountPoint;
import argosy.engine.spec.Storage.ReadOnlyDepth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mount of one container with its source known, as its record keeps it.
 *
 * @param listed whether inspect shows it among the mounts ({@code --tmpfs} is shown elsewhere)
 * @param copyUp fill an empty volume with what the image has at the destination
 * @param createSource make a missing source directory
 * @param depth of a read-only bind; null: as far down as the kernel can
 * @param subpath inside the volume or the image, "" for all of it
 * @param tmpfsOptions comma-separated
 * @param layers of an image, chain ids, lowest first; the point's name is the image's id
 */
public record ResolvedMount(
    MountPoint point,
    boolean listed,
    boolean copyUp,
    boolean createSource,
    boolean nonRecursive,
    @Nullable ReadOnlyDepth depth,
    String subpath,
    String tmpfsOptions,
    List<String> layers) {
  public ResolvedMount {
    layers = layers == null ? List.of() : List.copyOf(layers); // there was no such field once
  }

  /** Anything but an image. */
  public ResolvedMount(
      MountPoint point,
      boolean listed,
      boolean copyUp,
      boolean createSource,
      boolean nonRecursive,
      @Nullable ReadOnlyDepth depth,
      String subpath,
      String tmpfsOptions) {
    this(
        point, listed, copyUp, createSource, nonRecursive, depth, subpath, tmpfsOptions, List.of());
  }

  /** Whether it is an image, whose files are mounted at the source for this container alone. */
  public boolean isImage() {
    return point.type().equals("image");
  }

  /** A directory or file of the host that the engine itself brings in, not shown to anybody. */
  public static ResolvedMount unlisted(String source, String destination, boolean writable) {
    var point = new MountPoint("bind", "", source, destination, "", "", writable, "rprivate");
    return new ResolvedMount(point, false, false, false, false, null, "", "");
  }

  /** The same with all of another source. */
  public ResolvedMount at(String source) {
    var there =
        new MountPoint(
            point.type(),
            point.name(),
            source,
            point.destination(),
            point.driver(),
            point.mode(),
            point.writable(),
            point.propagation());
    return new ResolvedMount(
        there, listed, copyUp, createSource, nonRecursive, depth, "", tmpfsOptions, layers);
  }

  /** Another container's mount, taken over; {@code readOnly} narrows it. */
  public static ResolvedMount from(MountPoint other, String subpath, boolean readOnly) {
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
    return new ResolvedMount(point, true, false, false, false, null, subpath, "");
  }
}
