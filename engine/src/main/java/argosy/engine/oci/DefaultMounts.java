package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.oci.Namespaces.Namespace;
import argosy.engine.spec.Storage.ReadOnlyDepth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is mounted in a container: the kernel's file systems first, then what was asked for. */
final class DefaultMounts {
  /** Bytes; Docker's default size of {@code /dev/shm}. */
  static final long SHM_SIZE = 64L << 20;

  /** Since when mount_setattr(2) reaches what is mounted below. */
  private static final HostFacts.Kernel RECURSIVE = new HostFacts.Kernel(5, 12);

  private static final List<String> QUIET = List.of("nosuid", "noexec", "nodev");

  private static final List<String> HOSTS_SHM =
      List.of("rbind", "rw", "rprivate", "nosuid", "nodev");

  private DefaultMounts() {}

  static List<OciConfig.Mount> all(OciInput input, SecurityOptions options) {
    Map<String, OciConfig.Mount> all = new LinkedHashMap<>();
    kernel(input, options).forEach(mount -> all.put(mount.destination(), mount));
    for (MountPoint mount : sorted(input.mounts())) {
      all.put(mount.destination(), of(mount, input.host()));
    }
    String init = input.host().initPath();
    if (input.spec().isolation().init() && init != null) {
      String inside = ProcessTranslation.INIT_INSIDE;
      all.put(inside, of(MountPoint.bind(init, inside, true), input.host()));
    }
    return List.copyOf(all.values());
  }

  private static List<OciConfig.Mount> kernel(OciInput input, SecurityOptions options) {
    boolean privileged = input.spec().security().privileged();
    var mounts = new ArrayList<OciConfig.Mount>();
    mounts.add(mount("/proc", "proc", "proc", QUIET));
    mounts.add(
        mount(
            "/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")));
    mounts.add(
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")));
    mounts.add(mount("/sys", "sysfs", "sysfs", access(privileged)));
    mounts.add(
        mount(
            "/sys/fs/cgroup", "cgroup", "cgroup", access(privileged || options.writableCgroups())));
    mounts.addAll(ipc(input));
    return mounts;
  }

  private static List<OciConfig.Mount> ipc(OciInput input) {
    var queue = mount("/dev/mqueue", "mqueue", "mqueue", QUIET);
    if (input.namespaces().ipc() instanceof Namespace.Host) {
      return List.of(queue, mount("/dev/shm", "bind", "/dev/shm", HOSTS_SHM));
    }
    if (input.spec().isolation().ipc().equals("none")) {
      return List.of(queue);
    }
    long asked = input.spec().resources().memory().shmSize();
    var options = new ArrayList<>(QUIET);
    options.add("mode=1777");
    options.add("size=" + (asked > 0 ? asked : SHM_SIZE));
    return List.of(queue, mount("/dev/shm", "tmpfs", "shm", List.copyOf(options)));
  }

  private static List<String> access(boolean write) {
    var options = new ArrayList<>(QUIET);
    options.add(write ? "rw" : "ro");
    return List.copyOf(options);
  }

  /** Outer directories before what lies in them, or the outer mount would hide the inner. */
  private static List<MountPoint> sorted(List<MountPoint> mounts) {
    return mounts.stream()
        .sorted(
            java.util.Comparator.comparingLong(
                mount -> mount.destination().chars().filter(letter -> letter == '/').count()))
        .toList();
  }

  private static OciConfig.Mount of(MountPoint mount, HostFacts host) {
    return switch (mount.kind()) {
      case BIND -> mount(mount.destination(), "bind", mount.source(), bindOptions(mount, host));
      case TMPFS -> mount(mount.destination(), "tmpfs", "tmpfs", tmpfsOptions(mount));
    };
  }

  private static List<String> bindOptions(MountPoint mount, HostFacts host) {
    var options = new ArrayList<String>();
    options.add(mount.nonRecursive() ? "bind" : "rbind");
    if (mount.readOnly()) {
      options.add(readOnly(mount, host));
    } else {
      options.add(mount.inherited().contains("ro") ? "ro" : "rw");
    }
    options.add(mount.propagation().isEmpty() ? "rprivate" : mount.propagation());
    QUIET.stream().filter(mount.inherited()::contains).forEach(options::add);
    return List.copyOf(options);
  }

  /** As Docker since 25.0: read-only all the way down where the kernel can. */
  private static String readOnly(MountPoint mount, HostFacts host) {
    boolean can = host.kernel().atLeast(RECURSIVE);
    if (mount.depth() == ReadOnlyDepth.ALL_OF_IT && !can) {
      throw new Refused(
          new Failure.Invalid(
              "mount %s: this kernel can not make a bind mount read-only recursively (needs 5.12)"
                  .formatted(mount.destination())));
    }
    boolean shallow = mount.nonRecursive() || mount.depth() == ReadOnlyDepth.WRITABLE_BELOW;
    return shallow || !can ? "ro" : "rro";
  }

  /** What was asked for takes the place of its own opposite. */
  private static List<String> tmpfsOptions(MountPoint mount) {
    List<String> asked =
        mount.tmpfsOptions().isEmpty() ? List.of() : List.of(mount.tmpfsOptions().split(","));
    var options = new ArrayList<String>();
    for (String quiet : QUIET) {
      if (!asked.contains(quiet.substring(2)) && !asked.contains(quiet)) {
        options.add(quiet);
      }
    }
    options.addAll(asked);
    if (mount.readOnly()) {
      options.add("ro");
    }
    return List.copyOf(options);
  }

  private static OciConfig.Mount mount(
      String destination, String type, String source, List<String> options) {
    return new OciConfig.Mount(destination, type, source, options);
  }
}
