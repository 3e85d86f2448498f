package argosy.engine.oci;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration depends on and a container's spec can not know.
 *
 * @param cgroupVersion 1 or 2
 * @param machine as {@code uname -m} says it
 * @param kernel major and minor version of the kernel
 * @param apparmor whether the kernel enforces AppArmor
 * @param initPath a small init for {@code --init}; null when the host has none
 * @param capabilities names of those the kernel knows and this daemon may pass on
 * @param devices the host's device files, for privileged containers
 */
public record HostFacts(
    int cgroupVersion,
    String machine,
    Kernel kernel,
    boolean apparmor,
    @Nullable String initPath,
    Set<String> capabilities,
    List<DeviceNode> devices) {
  public HostFacts {
    capabilities = Set.copyOf(capabilities);
    devices = List.copyOf(devices);
  }

  /** A kernel's version as far as features are told by it. */
  public record Kernel(int major, int minor) {
    public boolean atLeast(Kernel other) {
      return major != other.major ? major > other.major : minor >= other.minor;
    }
  }
}
