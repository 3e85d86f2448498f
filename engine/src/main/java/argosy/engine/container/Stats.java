package argosy.engine.container;

import argosy.engine.cgroup.Usage;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sample of what a container uses.
 *
 * @param read EPOCH for a container that does not run
 * @param before the sample before this one, null when there is none
 * @param usage null for a container that does not run
 * @param systemCpu nanoseconds of CPU the whole host has used
 * @param networks by interface name, empty with host networking
 */
public record Stats(
    String id,
    String name,
    Instant read,
    @Nullable Stats before,
    @Nullable Usage usage,
    long systemCpu,
    int onlineCpus,
    long memoryLimit,
    Map<String, Link> networks) {

  /** Counters of one interface since it was made. */
  public record Link(
      long rxBytes,
      long rxPackets,
      long rxErrors,
      long rxDropped,
      long txBytes,
      long txPackets,
      long txErrors,
      long txDropped) {}
}
