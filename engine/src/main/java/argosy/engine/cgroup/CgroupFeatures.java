package argosy.engine.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Which limits this host's control groups can keep: what a kernel was built without, or booted
 * without, is not there.
 *
 * @param version 1 or 2
 * @param cpus those that a group may use, as the kernel lists them; "" when it does not say
 * @param mems memory nodes likewise
 */
public record CgroupFeatures(
    int version, Memory memory, Cpu cpu, BlockIo blockIo, boolean pids, String cpus, String mems) {

  public record Memory(
      boolean limit, boolean swap, boolean reservation, boolean swappiness, boolean oomControl) {}

  /** {@code cfs}: a quota in a period; {@code realtime}: a share of real-time scheduling. */
  public record Cpu(boolean shares, boolean cfs, boolean realtime, boolean cpuset) {}

  public record BlockIo(
      boolean weight,
      boolean weightDevice,
      boolean readBps,
      boolean writeBps,
      boolean readIops,
      boolean writeIops) {}

  /** Everything, for a host of {@code version}. */
  public static CgroupFeatures all(int version, String cpus, String mems) {
    return new CgroupFeatures(
        version,
        new Memory(true, true, true, version == 1, version == 1),
        new Cpu(true, true, version == 1, true),
        new BlockIo(true, true, true, true, true, true),
        true,
        cpus,
        mems);
  }

  /** Looks at the files under {@code root}; blocks for a moment. */
  public static CgroupFeatures read(Path root) {
    return Files.exists(root.resolve("cgroup.controllers")) ? unified(root) : divided(root);
  }

  private static CgroupFeatures divided(Path root) {
    Path memory = root.resolve("memory");
    Path cpu = root.resolve("cpu");
    Path io = root.resolve("blkio");
    Path set = root.resolve("cpuset");
    return new CgroupFeatures(
        1,
        new Memory(
            has(memory, "memory.limit_in_bytes"),
            has(memory, "memory.memsw.limit_in_bytes"),
            has(memory, "memory.soft_limit_in_bytes"),
            has(memory, "memory.swappiness"),
            has(memory, "memory.oom_control")),
        new Cpu(
            has(cpu, "cpu.shares"),
            has(cpu, "cpu.cfs_quota_us"),
            has(cpu, "cpu.rt_runtime_us"),
            has(set, "cpuset.cpus")),
        new BlockIo(
            has(io, "blkio.weight") || has(io, "blkio.bfq.weight"),
            has(io, "blkio.weight_device") || has(io, "blkio.bfq.weight_device"),
            has(io, "blkio.throttle.read_bps_device"),
            has(io, "blkio.throttle.write_bps_device"),
            has(io, "blkio.throttle.read_iops_device"),
            has(io, "blkio.throttle.write_iops_device")),
        has(root.resolve("pids"), "cgroup.procs"),
        text(set.resolve("cpuset.cpus")),
        text(set.resolve("cpuset.mems")));
  }

  /** The root of a unified hierarchy has no limits: its controllers are what tells. */
  private static CgroupFeatures unified(Path root) {
    var controllers = Stream.of(text(root.resolve("cgroup.controllers")).split("\\s+")).toList();
    boolean memory = controllers.contains("memory");
    boolean cpu = controllers.contains("cpu");
    boolean io = controllers.contains("io");
    boolean weight = io && Files.exists(Path.of("/sys/module/bfq"));
    return new CgroupFeatures(
        2,
        new Memory(memory, memory && Files.exists(Path.of("/proc/swaps")), memory, false, false),
        new Cpu(cpu, cpu, false, controllers.contains("cpuset")),
        new BlockIo(weight, weight, io, io, io, io),
        controllers.contains("pids"),
        text(root.resolve("cpuset.cpus.effective")),
        text(root.resolve("cpuset.mems.effective")));
  }

  private static boolean has(Path directory, String name) {
    return Files.exists(directory.resolve(name));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException absent) {
      return "";
    }
  }
}
