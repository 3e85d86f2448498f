package argosy.engine.container.mount;

import argosy.engine.container.Container.MountPoint;
import argosy.engine.image.Image;
import argosy.engine.spec.Storage.ReadOnlyDepth;
import argosy.engine.volume.VolumeRequest;
import argosy.engine.volume.VolumeRequest.Volume;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mount as the user wants it; a volume's place is not known yet. */
public sealed interface PlannedMount {
  String destination();

  /** A directory or file of the host. */
  record Bind(
      String source,
      String destination,
      boolean readOnly,
      String mode,
      String propagation,
      boolean createSource,
      boolean nonRecursive,
      @Nullable ReadOnlyDepth depth)
      implements PlannedMount {
    public ResolvedMount resolved() {
      var point =
          new MountPoint(
              "bind",
              "",
              source,
              destination,
              "",
              mode,
              !readOnly,
              propagation.isEmpty() ? "rprivate" : propagation);
      return new ResolvedMount(point, true, false, createSource, nonRecursive, depth, "", "");
    }
  }

  /** {@code wanted.name} "" is an anonymous volume. */
  record OfVolume(
      VolumeRequest.Create wanted,
      String destination,
      boolean readOnly,
      String mode,
      boolean copyUp,
      String subpath)
      implements PlannedMount {
    public boolean unnamed() {
      return wanted.name().isEmpty();
    }

    static OfVolume anonymous(String destination, String driver) {
      return new OfVolume(
          new VolumeRequest.Create("", driver, Map.of(), Map.of()),
          destination,
          false,
          "",
          true,
          "");
    }

    public ResolvedMount resolved(Volume volume) {
      var point =
          new MountPoint(
              "volume",
              volume.name(),
              volume.mountpoint(),
              destination,
              volume.driver(),
              mode,
              !readOnly,
              "");
      return new ResolvedMount(point, true, copyUp, false, false, null, subpath, "");
    }
  }

  /** What is in an image, read-only. */
  record OfImage(String reference, String destination, String subpath) implements PlannedMount {
    /** {@code place}: where its files are mounted for the container. */
    public ResolvedMount resolved(Image image, Path place) {
      var point =
          new MountPoint(
              "image", image.id(), place.toString(), destination, "", "", false, "rprivate");
      return new ResolvedMount(point, true, false, false, false, null, subpath, "", image.layers());
    }
  }

  record Tmpfs(String destination, String options, boolean listed) implements PlannedMount {
    public ResolvedMount resolved() {
      boolean readOnly = ("," + options + ",").contains(",ro,");
      var point = new MountPoint("tmpfs", "", "", destination, "", "", !readOnly, "");
      return new ResolvedMount(point, listed, false, false, false, null, "", options);
    }
  }
}
