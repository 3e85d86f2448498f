package argosy.http.container;

import argosy.engine.container.Container;
import argosy.engine.spec.Storage;
import argosy.engine.spec.Storage.MountType;
import argosy.engine.spec.Storage.ReadOnlyDepth;
import argosy.http.wire.Mount;
import argosy.http.wire.MountRow;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Mounts as resolved, and as they were asked for. */
final class MountView {
  private MountView() {}

  static List<MountRow> rows(Container container) {
    return container.mounts().stream()
        .map(mount ->
            new MountRow(
                mount.type(),
                mount.name(),
                mount.source(),
                mount.destination(),
                mount.driver(),
                mount.mode(),
                mount.writable(),
                mount.propagation()))
        .toList();
  }

  static Mount asked(Storage.Mount mount) {
    var volume = mount.volume();
    return new Mount(
        mount.type().name().toLowerCase(Locale.ROOT),
        mount.source(),
        mount.target(),
        mount.readOnly() ? true : null,
        null,
        bind(mount),
        volume == null || mount.type() == MountType.IMAGE ? null : volume(volume),
        volume == null || mount.type() != MountType.IMAGE
            ? null
            : new Mount.ImageOptions(volume.subpath()),
        mount.tmpfsSize() == 0 && mount.tmpfsMode() == 0 && options(mount) == null
            ? null
            : new Mount.TmpfsOptions(
                mount.tmpfsSize() == 0 ? null : mount.tmpfsSize(),
                mount.tmpfsMode() == 0 ? null : mount.tmpfsMode(),
                options(mount)));
  }

  private static Mount.@Nullable BindOptions bind(Storage.Mount mount) {
    boolean nothing =
        mount.propagation().isEmpty()
            && !mount.createMountpoint()
            && !mount.nonRecursive()
            && mount.depth() == null;
    return nothing
        ? null
        : new Mount.BindOptions(
            mount.propagation(),
            mount.nonRecursive() ? true : null,
            mount.createMountpoint() ? true : null,
            mount.depth() == ReadOnlyDepth.WRITABLE_BELOW ? true : null,
            mount.depth() == ReadOnlyDepth.ALL_OF_IT ? true : null);
  }

  private static @Nullable List<List<String>> options(Storage.Mount mount) {
    String flags = mount.tmpfsFlags();
    return flags == null || flags.isEmpty()
        ? null
        : Stream.of(flags.split(",")).map(List::of).toList();
  }

  private static Mount.VolumeOptions volume(Storage.VolumeOptions volume) {
    return new Mount.VolumeOptions(
        volume.noCopy() ? true : null,
        volume.labels(),
        volume.subpath(),
        volume.driver().isEmpty() && volume.driverOptions().isEmpty()
            ? null
            : new Mount.Driver(volume.driver(), volume.driverOptions()));
  }
}
