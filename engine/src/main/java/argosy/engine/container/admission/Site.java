package argosy.engine.container.admission;

import argosy.engine.cgroup.CgroupFeatures;
import argosy.engine.oci.HostFacts;
import java.util.List;

/**
 * What a host offers to its containers.
 *
 * @param cpus how many processors it has
 * @param runtimes names of its OCI runtimes
 * @param usualRuntime the one that runs whoever names none
 */
public record Site(
    HostFacts host, CgroupFeatures cgroups, int cpus, List<String> runtimes, String usualRuntime) {
  public Site {
    runtimes = List.copyOf(runtimes);
  }
}
