package argosy.engine.container;

import argosy.engine.cgroup.Cgroup;
import argosy.engine.cgroup.CgroupFeatures;
import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.container.admission.Site;
import argosy.engine.container.mount.ResolvedMount;
import argosy.engine.disk.MountFlags;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.oci.DeviceNode;
import argosy.engine.oci.ExecInput;
import argosy.engine.oci.HostFacts;
import argosy.engine.oci.MountPoint;
import argosy.engine.oci.Namespaces;
import argosy.engine.oci.OciInput;
import argosy.engine.oci.OciInput.MappedDevice;
import argosy.engine.oci.OciTranslation;
import argosy.engine.oci.ProcessTranslation;
import argosy.engine.oci.UserIds;
import argosy.engine.runtime.ContainerRuntime.Runtimes;
import argosy.engine.runtime.HostProbe;
import argosy.engine.runtime.UserLookup;
import argosy.engine.spec.ContainerSpec;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Storage.ReadOnlyDepth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up users, devices and namespaces on this host and has the OCI translation do the rest. */
public final class OciBlueprints implements Blueprints {
  /** What a kernel can do does not change while it runs. */
  private static final class Once {
    static final CgroupFeatures CGROUPS = CgroupFeatures.read(Cgroup.ROOT);
  }

  @Override
  public Site site(Runtimes runtimes) {
    return new Site(
        HostProbe.facts(),
        HostProbe.hostname(),
        Once.CGROUPS,
        Runtime.getRuntime().availableProcessors(),
        runtimes.found().stream().map(Runtimes.Found::name).toList(),
        runtimes.defaultName());
  }

  @Override
  public byte[] config(Building building) {
    ContainerSpec spec = building.spec();
    HostFacts host = host(spec);
    return OciTranslation.config(
            new OciInput(
                building.id(),
                spec,
                building.rootfs().toString(),
                building.hostname(),
                user(building.rootfs(), spec, spec.process().user()),
                building.mounts().stream().map(OciBlueprints::mount).toList(),
                devices(spec.resources().devices()),
                Namespaces.of(
                    spec.isolation(),
                    building.sandbox().path(),
                    host.cgroupVersion(),
                    building.pidOf()),
                host))
        .json();
  }

  @Override
  public byte[] process(ContainerSpec spec, Path rootfs, String hostname, ExecSpec exec) {
    String user = exec.user().isEmpty() ? spec.process().user() : exec.user();
    return ProcessTranslation.exec(
        new ExecInput(
            spec,
            hostname,
            exec.command(),
            exec.env(),
            user(rootfs, spec, user),
            exec.workingDir(),
            exec.tty(),
            exec.privileged(),
            HostProbe.facts()));
  }

  private static UserIds user(Path rootfs, ContainerSpec spec, String user) {
    return UserLookup.find(rootfs, user, spec.process().groupAdd());
  }

  /** The host's devices are looked at only for those who can use them. */
  private static HostFacts host(ContainerSpec spec) {
    boolean devices =
        spec.security().privileged() || !spec.resources().blockIo().equals(Resources.BlockIo.NONE);
    return devices ? HostProbe.factsWithDevices() : HostProbe.facts();
  }

  private static MountPoint mount(ResolvedMount mount) {
    var point = mount.point();
    if (point.type().equals("tmpfs")) {
      return new MountPoint(
          MountPoint.Kind.TMPFS,
          "",
          point.destination(),
          !point.writable(),
          "",
          false,
          null,
          mount.tmpfsOptions(),
          List.of());
    }
    return new MountPoint(
        MountPoint.Kind.BIND,
        point.source(),
        point.destination(),
        !point.writable(),
        point.propagation(),
        mount.nonRecursive(),
        depth(mount),
        "",
        MountFlags.of(Path.of(point.source())));
  }

  /** Nothing is below a file, and crun refuses to look there. */
  private static @Nullable ReadOnlyDepth depth(ResolvedMount mount) {
    boolean directory = Files.isDirectory(Path.of(mount.point().source()));
    return directory ? mount.depth() : ReadOnlyDepth.WRITABLE_BELOW;
  }

  private static List<MappedDevice> devices(List<Resources.Device> asked) {
    var mapped = new ArrayList<MappedDevice>();
    for (Resources.Device device : asked) {
      Path path = Path.of(device.pathOnHost());
      String inside =
          device.pathInContainer().isEmpty() ? device.pathOnHost() : device.pathInContainer();
      if (Files.isDirectory(path)) {
        for (DeviceNode node : HostProbe.devices(path)) {
          String below = inside + "/" + path.relativize(Path.of(node.path()));
          mapped.add(new MappedDevice(node, below, device.permissions()));
        }
      } else {
        mapped.add(new MappedDevice(node(path), inside, device.permissions()));
      }
    }
    return mapped;
  }

  private static DeviceNode node(Path path) {
    return HostProbe.device(path)
        .orElseThrow(() ->
            new Refused(
                new Failure.Invalid(
                    "error gathering device information while adding custom device \""
                        + path
                        + "\": "
                        + (Files.exists(path)
                            ? "not a device node"
                            : "no such file or directory"))));
  }
}
