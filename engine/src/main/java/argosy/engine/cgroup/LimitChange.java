package argosy.engine.cgroup;

import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.Cpu;
import argosy.engine.spec.Resources.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From one set of limits to another, as the files to write in the order in which the kernel takes
 * them (Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst). Pure.
 */
public record LimitChange(Resources from, Resources to) {
  /** Microseconds; the period in which a number of CPUs is counted. */
  private static final long PERIOD = 100_000;

  private static final String MAX = "max";

  /** The way back. */
  public LimitChange reversed() {
    return new LimitChange(to, from);
  }

  /** {@code version} 1 or 2; what does not change is not written. */
  public List<Setting> settings(int version) {
    var settings = new ArrayList<Setting>();
    if (!from.memory().equals(to.memory())) {
      settings.addAll(version == 1 ? memory1() : memory2());
    }
    if (!from.cpu().equals(to.cpu())) {
      settings.addAll(version == 1 ? cpu1() : cpu2());
      cpuset(settings);
    }
    if (!Objects.equals(from.pidsLimit(), to.pidsLimit())) {
      settings.add(new Setting("pids", "pids.max", pids(to.pidsLimit())));
    }
    int weight = to.blockIo().weight();
    if (weight != from.blockIo().weight() && weight != 0) {
      settings.addAll(weight(version, weight));
    }
    return List.copyOf(settings);
  }

  private static String pids(@Nullable Long limit) {
    return limit == null || limit <= 0 ? MAX : limit.toString();
  }

  /** Memory with swap may never be less than memory alone, in between neither. */
  private List<Setting> memory1() {
    Memory memory = to.memory();
    var limit = bytes("memory.limit_in_bytes", from.memory().limit(), memory.limit());
    var swap = bytes("memory.memsw.limit_in_bytes", from.memory().swap(), memory.swap());
    var settings = new ArrayList<Setting>();
    boolean rises = endless(memory.swap()) > endless(from.memory().swap());
    settings.addAll(rises ? swap : limit);
    settings.addAll(rises ? limit : swap);
    settings.addAll(
        bytes("memory.soft_limit_in_bytes", from.memory().reservation(), memory.reservation()));
    Long swappiness = memory.swappiness();
    if (swappiness != null && !swappiness.equals(from.memory().swappiness())) {
      settings.add(new Setting("memory", "memory.swappiness", swappiness.toString()));
    }
    return settings;
  }

  private static long endless(long bytes) {
    return bytes <= 0 ? Long.MAX_VALUE : bytes;
  }

  private static List<Setting> bytes(String file, long from, long to) {
    boolean optional = file.contains("memsw");
    return from == to
        ? List.of()
        : List.of(new Setting("memory", file, to <= 0 ? "-1" : Long.toString(to), optional));
  }

  /** Here swap is counted without the memory. */
  private List<Setting> memory2() {
    Memory memory = to.memory();
    String swap =
        memory.swap() <= 0 || memory.limit() <= 0
            ? MAX
            : Long.toString(memory.swap() - memory.limit());
    return List.of(
        new Setting("memory", "memory.max", max(memory.limit())),
        new Setting("memory", "memory.swap.max", swap, true),
        new Setting("memory", "memory.low", Long.toString(memory.reservation())));
  }

  private static String max(long bytes) {
    return bytes <= 0 ? MAX : Long.toString(bytes);
  }

  private List<Setting> cpu1() {
    var settings = new ArrayList<Setting>();
    Cpu cpu = to.cpu();
    if (cpu.shares() != from.cpu().shares()) {
      settings.add(new Setting("cpu", "cpu.shares", text(cpu.shares() == 0 ? 1024 : cpu.shares())));
    }
    if (period(cpu) != period(from.cpu())) {
      settings.add(new Setting("cpu", "cpu.cfs_period_us", text(period(cpu))));
    }
    if (quota(cpu) != quota(from.cpu())) {
      settings.add(new Setting("cpu", "cpu.cfs_quota_us", text(quota(cpu))));
    }
    if (cpu.realtimePeriod() != from.cpu().realtimePeriod()) {
      settings.add(new Setting("cpu", "cpu.rt_period_us", text(cpu.realtimePeriod())));
    }
    if (cpu.realtimeRuntime() != from.cpu().realtimeRuntime()) {
      settings.add(new Setting("cpu", "cpu.rt_runtime_us", text(cpu.realtimeRuntime())));
    }
    return settings;
  }

  private static long period(Cpu cpu) {
    return cpu.nano() > 0 || cpu.period() == 0 ? PERIOD : cpu.period();
  }

  private static long quota(Cpu cpu) {
    long quota = cpu.nano() > 0 ? cpu.nano() * PERIOD / 1_000_000_000L : cpu.quota();
    return quota <= 0 ? -1 : quota;
  }

  private List<Setting> cpu2() {
    long quota = quota(to.cpu());
    long shares = to.cpu().shares();
    // the runtimes' way from shares (2 to 262144) to a weight (1 to 10000)
    long weight = shares == 0 ? 100 : 1 + (shares - 2) * 9999 / 262142;
    return List.of(
        new Setting("cpu", "cpu.weight", text(Math.max(1, weight))),
        new Setting("cpu", "cpu.max", (quota < 0 ? MAX : text(quota)) + " " + period(to.cpu())));
  }

  private void cpuset(List<Setting> settings) {
    Cpu cpu = to.cpu();
    if (!cpu.cpusetCpus().equals(from.cpu().cpusetCpus()) && !cpu.cpusetCpus().isEmpty()) {
      settings.add(new Setting("cpuset", "cpuset.cpus", cpu.cpusetCpus()));
    }
    if (!cpu.cpusetMems().equals(from.cpu().cpusetMems()) && !cpu.cpusetMems().isEmpty()) {
      settings.add(new Setting("cpuset", "cpuset.mems", cpu.cpusetMems()));
    }
  }

  /** Which of the two files there is depends on the disks' scheduler. */
  private static List<Setting> weight(int version, int weight) {
    return version == 1
        ? List.of(
            new Setting("blkio", "blkio.weight", text(weight), true),
            new Setting("blkio", "blkio.bfq.weight", text(weight), true))
        : List.of(
            new Setting("io", "io.weight", String.format(Locale.ROOT, "default %d", weight), true),
            new Setting("io", "io.bfq.weight", text(weight), true));
  }

  private static String text(long number) {
    return Long.toString(number);
  }
}
