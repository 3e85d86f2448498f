package argosy.engine.cgroup;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cgroup's processes use. Times in nanoseconds, sizes in bytes; null where the version of
 * cgroups does not tell.
 *
 * @param version 1 or 2
 * @param memoryStat every key of {@code memory.stat}
 */
public record Usage(
    int version,
    long cpuTotal,
    long cpuUser,
    long cpuKernel,
    @Nullable List<Long> perCpu,
    long throttlePeriods,
    long throttledPeriods,
    long throttledTime,
    long memory,
    @Nullable Long memoryMax,
    @Nullable Long memoryFailures,
    @Nullable Long memoryLimit,
    Map<String, Long> memoryStat,
    long pids,
    @Nullable Long pidsLimit,
    List<BlockIo> blockIo) {

  /** {@code operation}: read, write … in lower case. */
  public record BlockIo(long major, long minor, String operation, long bytes, long operations) {}
}
