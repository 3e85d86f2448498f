package argosy.engine.cgroup;

import java.nio.file.Path;
import java.util.List;

/**
 * What the whole host uses and has.
 *
 * @param systemCpu nanoseconds of CPU used since boot, all processors, idle time included, as
 *     Docker's {@code system_cpu_usage} counts it
 * @param memory bytes
 */
public record HostUsage(long systemCpu, int onlineCpus, long memory) {
  private static final long TICK_NANOS = 10_000_000;

  /** user, nice, system, idle, iowait, irq, softirq: the columns Docker adds up. */
  private static final int COLUMNS = 7;

  /** Reads {@code /proc/stat} and {@code /proc/meminfo}. */
  public static HostUsage now() {
    return of(
        CgroupFile.text(Path.of("/proc/stat")).lines().toList(),
        CgroupFile.text(Path.of("/proc/meminfo")).lines().toList());
  }

  static HostUsage of(List<String> stat, List<String> meminfo) {
    long ticks = 0;
    int cpus = 0;
    for (String line : stat) {
      if (line.startsWith("cpu ")) {
        String[] words = line.split("\\s+");
        for (int i = 1; i <= COLUMNS && i < words.length; i++) {
          ticks += Long.parseLong(words[i]);
        }
      } else if (line.startsWith("cpu")) {
        cpus++;
      }
    }
    long kilobytes =
        meminfo.stream()
            .filter(line -> line.startsWith("MemTotal:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
            .findFirst()
            .orElse(0);
    return new HostUsage(ticks * TICK_NANOS, cpus, kilobytes * 1024);
  }
}
