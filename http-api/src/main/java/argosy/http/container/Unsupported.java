package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.text;

import argosy.http.answer.Refusal;
import argosy.http.wire.EndpointSettings;
import argosy.http.wire.HostConfig;
import argosy.http.wire.Mount;

/** What may be asked of Docker and not of Argosy: refused, never ignored. */
final class Unsupported {
  private Unsupported() {}

  static void check(CreateBody body) {
    host(body.host());
    list(body.host().mounts()).forEach(Unsupported::mount);
    body.endpoints().values().forEach(Unsupported::endpoint);
  }

  private static void host(HostConfig host) {
    Refusal.when(
        !SpecTranslation.ISOLATIONS.contains(text(host.isolation())),
        "invalid isolation: only \"default\" exists on Linux, not \"" + host.isolation() + "\"");
    Refusal.notYet(
        !list(host.deviceRequests()).isEmpty(),
        "Argosy does not select devices by driver or capability (--gpus) yet: name the device files"
            + " with --device");
    Refusal.when(
        host.cpuCount() != 0
            || host.cpuPercent() != 0
            || host.ioMaximumIops() != 0
            || host.ioMaximumBandwidth() != 0,
        "invalid option: CpuCount, CpuPercent, IOMaximumIOps and IOMaximumBandwidth exist on"
            + " Windows only");
    Refusal.notYet(
        !text(host.cgroup()).isEmpty(),
        "Argosy does not share another container's cgroup (HostConfig.Cgroup): use CgroupParent");
    for (String option : list(host.securityOpt())) {
      Refusal.when(
          option.startsWith("credentialspec"),
          "invalid --security-opt: credential specs exist on Windows only");
    }
  }

  private static void mount(Mount mount) {
    var bind = mount.bindOptions();
    Refusal.notYet(
        bind != null
            && (Boolean.TRUE.equals(bind.readOnlyForceRecursive())
                || Boolean.TRUE.equals(bind.readOnlyNonRecursive())),
        "Argosy does not choose how deep a read-only bind mount goes yet: leave out"
            + " bind-recursive=readonly and writable");
    var tmpfs = mount.tmpfsOptions();
    Refusal.notYet(
        tmpfs != null && !list(tmpfs.options()).isEmpty(),
        "Argosy does not take TmpfsOptions.Options yet: use --tmpfs PATH:OPTIONS");
  }

  /** Also checks a later connect. */
  static void endpoint(EndpointSettings settings) {
    var addresses = settings.ipamConfig();
    Refusal.notYet(
        addresses != null && !list(addresses.linkLocalIps()).isEmpty(),
        "Argosy does not set link-local addresses (link-local-ip) yet: use ip or ip6");
  }
}
