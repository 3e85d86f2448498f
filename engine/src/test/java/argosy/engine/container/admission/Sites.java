package argosy.engine.container.admission;

import argosy.engine.cgroup.CgroupFeatures;
import argosy.engine.oci.CapabilitySet;
import argosy.engine.oci.HostFacts;
import argosy.engine.oci.HostFacts.Kernel;
import argosy.engine.runtime.ContainerRuntime.Runtimes;
import java.util.HashSet;
import java.util.List;

/** Hosts to be admitted to. */
public final class Sites {
  private Sites() {}

  /** Four processors, and a kernel with everything; cgroup v1. */
  public static Site of(Runtimes runtimes) {
    return new Site(
        facts("/usr/bin/tini"),
        "harbour",
        CgroupFeatures.all(1, "0-3", "0"),
        4,
        runtimes.found().stream().map(Runtimes.Found::name).toList(),
        runtimes.defaultName());
  }

  static Site with(CgroupFeatures cgroups) {
    return new Site(facts("/usr/bin/tini"), "harbour", cgroups, 4, List.of("runc"), "runc");
  }

  static HostFacts facts(@org.jspecify.annotations.Nullable String init) {
    return new HostFacts(
        1, "x86_64", new Kernel(6, 1), false, init, new HashSet<>(CapabilitySet.KNOWN), List.of());
  }
}
