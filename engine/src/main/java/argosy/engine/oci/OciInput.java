package argosy.engine.oci;

import argosy.engine.spec.ContainerSpec;
import java.util.List;

/**
 * Everything a config.json is made from, with each name already looked up.
 *
 * @param spec the user's wishes over the image's defaults
 * @param rootfs the mounted root file system
 * @param hostname "" for the host's
 * @param user who the first process is
 * @param mounts binds, volumes, tmpfs and the engine's own files (/etc/hosts, /etc/hostname,
 *     /etc/resolv.conf); a destination here replaces a default mount of the same destination
 * @param devices the nodes of {@code spec.resources().devices()} with the path they have inside,
 *     and their permissions (rwm)
 */
public record OciInput(
    String id,
    ContainerSpec spec,
    String rootfs,
    String hostname,
    UserIds user,
    List<MountPoint> mounts,
    List<MappedDevice> devices,
    Namespaces namespaces,
    HostFacts host) {
  public OciInput {
    mounts = List.copyOf(mounts);
    devices = List.copyOf(devices);
  }

  /** A host's device as the container sees it. */
  public record MappedDevice(DeviceNode node, String pathInContainer, String permissions) {}
}
