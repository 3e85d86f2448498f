package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.oci.Namespaces.Namespace;
import argosy.engine.spec.ContainerSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what a user asked for into the config.json that an OCI runtime reads. */
public final class OciTranslation {
  /** Where containers' cgroups lie when nobody says otherwise. */
  public static final String CGROUP_PARENT = "/argosy";

  /** Docker's lists: what would tell of, or change, the host through /proc and /sys. */
  public static final List<String> MASKED =
      List.of(
          "/proc/asound",
          "/proc/acpi",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");

  /** Readable, and never written. */
  public static final List<String> READONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private OciTranslation() {}

  /**
   * Writes the configuration.
   *
   * @throws Refused with Docker's text for a wish that makes no sense or can not be met here
   */
  public static OciConfig config(OciInput input) {
    ContainerSpec spec = input.spec();
    refuseWhatIsMissing(input);
    SecurityOptions options = SecurityOptions.of(spec.security().securityOpt());
    OciConfig.Process process = ProcessTranslation.first(input, options);
    boolean ownNames = input.namespaces().uts() instanceof Namespace.Own;
    return new OciConfig(
        OciConfig.VERSION,
        process,
        new OciConfig.Root(input.rootfs(), spec.security().readonlyRootfs()),
        ownNames ? input.hostname() : "",
        ownNames ? spec.identity().domainname() : "",
        DefaultMounts.all(input, options),
        spec.identity().annotations(),
        linux(input, options, process.capabilities().bounding()));
  }

  /** The cgroup's path below each hierarchy's root. */
  public static String cgroupsPath(String id, String parent) {
    String above = parent.isEmpty() ? CGROUP_PARENT : parent;
    return (above.startsWith("/") ? above : "/" + above) + (above.endsWith("/") ? "" : "/") + id;
  }

  private static void refuseWhatIsMissing(OciInput input) {
    var isolation = input.spec().isolation();
    if (isolation.init() && input.host().initPath() == null) {
      throw new Refused(
          new Failure.Invalid(
              "--init needs a small init on the host (docker-init, tini or catatonit) and none is"
                  + " installed"));
    }
    if (!isolation.userns().isEmpty() && !isolation.userns().equals("host")) {
      throw new Refused(new Failure.Invalid("invalid USER mode: " + isolation.userns()));
    }
  }

  private static OciConfig.Linux linux(
      OciInput input, SecurityOptions options, List<String> capabilities) {
    var security = input.spec().security();
    boolean open = security.privileged() || options.unconfinedPaths();
    return new OciConfig.Linux(
        namespaces(input.namespaces()),
        DeviceRules.nodes(input),
        cgroupsPath(input.id(), input.spec().resources().cgroupParent()),
        ResourceTranslation.of(input.spec().resources(), DeviceRules.rules(input), input.host()),
        rootfsPropagation(input.mounts()),
        seccomp(input, options, capabilities),
        paths(security.maskedPaths(), open, MASKED),
        paths(security.readonlyPaths(), open, READONLY),
        sysctls(input));
  }

  private static List<String> paths(
      @Nullable List<String> asked, boolean open, List<String> usual) {
    return open ? List.of() : asked == null ? usual : asked;
  }

  private static @Nullable JsonNode seccomp(
      OciInput input, SecurityOptions options, List<String> capabilities) {
    boolean builtIn = options.seccomp().isEmpty();
    return input.spec().security().privileged() && builtIn
        ? null
        : SeccompProfile.of(options.seccomp(), capabilities, input.host());
  }

  private static List<OciConfig.Namespace> namespaces(Namespaces wanted) {
    var result = new ArrayList<OciConfig.Namespace>();
    result.add(new OciConfig.Namespace("mount", ""));
    add(result, "network", wanted.network());
    add(result, "ipc", wanted.ipc());
    add(result, "pid", wanted.pid());
    add(result, "uts", wanted.uts());
    add(result, "cgroup", wanted.cgroup());
    return List.copyOf(result);
  }

  private static void add(List<OciConfig.Namespace> all, String type, Namespace wanted) {
    switch (wanted) {
      case Namespace.Own() -> all.add(new OciConfig.Namespace(type, ""));
      case Namespace.Host() -> {}
      case Namespace.Entered(var path) -> all.add(new OciConfig.Namespace(type, path));
    }
  }

  /** A shared or slave mount only works if the root above it is not private. */
  private static String rootfsPropagation(List<MountPoint> mounts) {
    boolean shared = mounts.stream().anyMatch(mount -> mount.propagation().endsWith("shared"));
    boolean slave = mounts.stream().anyMatch(mount -> mount.propagation().endsWith("slave"));
    return shared ? "shared" : slave ? "rslave" : "";
  }

  /** As with Docker, a network of its own lets everybody bind low ports and send pings. */
  private static Map<String, String> sysctls(OciInput input) {
    Map<String, String> all = new LinkedHashMap<>();
    if (!(input.namespaces().network() instanceof Namespace.Host)) {
      all.put("net.ipv4.ip_unprivileged_port_start", "0");
      all.put("net.ipv4.ping_group_range", "0 2147483647");
    }
    all.putAll(input.spec().security().sysctls());
    return all;
  }
}
