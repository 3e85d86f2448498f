package argosy.engine.container.admission;

import argosy.engine.cgroup.CgroupFeatures;
import argosy.engine.oci.HostFacts;
import java.util.List;

/**
 * What a host offers to its containers.
 *
 * @param hostname its name
 * @param cpus how many processors it has
 * @param runtimes names of its OCI runtimes
 * @param usualRuntime the one that runs whoever names none
 */
public record Site(
    HostFacts host,
    String hostname,
    CgroupFeatures cgroups,
    int cpus,
    List<String> runtimes,
    String usualRuntime) {
  public Site {
    runtimes = List.copyOf(runtimes);
  }
}
