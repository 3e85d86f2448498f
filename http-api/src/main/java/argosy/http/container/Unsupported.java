package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.text;

import argosy.http.answer.Refusal;
import argosy.http.wire.HostConfig;

/** What may be asked of Docker and not of Argosy: refused, never ignored. */
final class Unsupported {
  private Unsupported() {}

  static void check(CreateBody body) {
    host(body.host());
  }

  private static void host(HostConfig host) {
    Refusal.when(
        !SpecTranslation.ISOLATIONS.contains(text(host.isolation())),
        "invalid isolation (" + host.isolation() + "): linux only supports 'default'");
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
}
