package argosy.engine.container;

import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.spec.ContainerSpec;
import java.time.Instant;
import java.util.List;

/**
 * What must never be forgotten about a container, written only when it changes on request.
 *
 * @param layers chain ids of its image, lowest first
 * @param imageSize bytes of those layers
 * @param desired it should run: somebody started it, nobody stopped it, and its policy says that
 *     this outlives the engine
 */
record ContainerRecord(
    String id,
    String name,
    Instant created,
    ContainerSpec spec,
    String imageId,
    List<String> layers,
    long imageSize,
    List<ResolvedMount> mounts,
    boolean desired) {
  ContainerRecord {
    layers = List.copyOf(layers);
    mounts = List.copyOf(mounts);
  }

  /** Whether any of its mounts is a volume. */
  boolean hasVolumes() {
    return !volumes().isEmpty();
  }

  /** The names of the volumes it mounts. */
  List<String> volumes() {
    return mounts.stream()
        .map(ResolvedMount::point)
        .filter(point -> point.type().equals("volume"))
        .map(Container.MountPoint::name)
        .toList();
  }

  /** Who holds the images it mounts. */
  List<String> imageUsers() {
    return mounts.stream()
        .filter(ResolvedMount::isImage)
        .map(mount -> Creation.imageUser(id, mount.point().source()))
        .toList();
  }

  ContainerRecord named(String fresh) {
    return new ContainerRecord(
        id, fresh, created, spec, imageId, layers, imageSize, mounts, desired);
  }

  ContainerRecord wanted(boolean running) {
    return new ContainerRecord(
        id, name, created, spec, imageId, layers, imageSize, mounts, running);
  }

  ContainerRecord over(ContainerSpec changed) {
    return new ContainerRecord(
        id, name, created, changed, imageId, layers, imageSize, mounts, desired);
  }
}
