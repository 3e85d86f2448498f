package argosy.engine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits, in Docker's units: bytes, nanoseconds of CPU a second, microseconds of CFS. 0: unset. */
public record Resources(
    Memory memory,
    Cpu cpu,
    BlockIo blockIo,
    @Nullable Long pidsLimit,
    List<Ulimit> ulimits,
    List<Device> devices,
    List<String> deviceCgroupRules,
    String cgroupParent,
    int oomScoreAdj,
    @Nullable Boolean oomKillDisable) {
  public Resources {
    ulimits = List.copyOf(ulimits);
    devices = List.copyOf(devices);
    deviceCgroupRules = List.copyOf(deviceCgroupRules);
  }

  /** The same with another memory limit. */
  public Resources with(Memory other) {
    return new Resources(
        other,
        cpu,
        blockIo,
        pidsLimit,
        ulimits,
        devices,
        deviceCgroupRules,
        cgroupParent,
        oomScoreAdj,
        oomKillDisable);
  }

  /** Bytes; {@code swap} -1 is unlimited; {@code swappiness} null is the kernel's. */
  public record Memory(
      long limit, long reservation, long swap, @Nullable Long swappiness, long shmSize) {
    public Memory swapping(long bytes) {
      return new Memory(limit, reservation, bytes, swappiness, shmSize);
    }
  }

  /** {@code nano} is CPUs times 10^9. */
  public record Cpu(
      long shares,
      long nano,
      long period,
      long quota,
      long realtimePeriod,
      long realtimeRuntime,
      String cpusetCpus,
      String cpusetMems) {}

  /** Weights 10 to 1000, rates for a device's path. */
  public record BlockIo(
      int weight,
      List<DeviceRate> weightDevice,
      List<DeviceRate> readBps,
      List<DeviceRate> writeBps,
      List<DeviceRate> readIops,
      List<DeviceRate> writeIops) {
    public static final BlockIo NONE =
        new BlockIo(0, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  public record DeviceRate(String path, long rate) {}

  public record Ulimit(String name, long soft, long hard) {}

  public record Device(String pathOnHost, String pathInContainer, String permissions) {}

  public static final Resources NONE =
      new Resources(
          new Memory(0, 0, 0, null, 0),
          new Cpu(0, 0, 0, 0, 0, 0, "", ""),
          BlockIo.NONE,
          null,
          List.of(),
          List.of(),
          List.of(),
          "",
          0,
          null);
}
