package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.DeviceRate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Docker's limits in OCI's words. */
public final class ResourceTranslation {
  /** Microseconds; the kernel's default CFS period, in which a number of CPUs is counted. */
  private static final long CFS_PERIOD = 100_000;

  private ResourceTranslation() {}

  static OciConfig.LinuxResources of(
      Resources resources, List<OciConfig.DeviceRule> devices, HostFacts host) {
    return new OciConfig.LinuxResources(
        devices,
        memory(resources),
        cpu(resources.cpu()),
        pids(resources.pidsLimit()),
        blockIo(resources.blockIo(), host));
  }

  private static OciConfig.@Nullable Memory memory(Resources resources) {
    var asked = resources.memory();
    // Docker: a limit without a word on swap allows as much swap again
    Long swap =
        asked.swap() == 0 && asked.limit() > 0
            ? Long.valueOf(asked.limit() * 2)
            : set(asked.swap());
    var memory =
        new OciConfig.Memory(
            set(asked.limit()),
            set(asked.reservation()),
            swap,
            asked.swappiness() == null || asked.swappiness() < 0 ? null : asked.swappiness(),
            resources.oomKillDisable());
    return memory.equals(new OciConfig.Memory(null, null, null, null, null)) ? null : memory;
  }

  private static OciConfig.@Nullable Cpu cpu(Resources.Cpu asked) {
    boolean nano = asked.nano() > 0;
    var cpu =
        new OciConfig.Cpu(
            set(asked.shares()),
            nano ? Long.valueOf(asked.nano() * CFS_PERIOD / 1_000_000_000L) : set(asked.quota()),
            nano ? Long.valueOf(CFS_PERIOD) : set(asked.period()),
            set(asked.realtimeRuntime()),
            set(asked.realtimePeriod()),
            set(asked.cpusetCpus()),
            set(asked.cpusetMems()));
    return cpu.equals(new OciConfig.Cpu(null, null, null, null, null, null, null)) ? null : cpu;
  }

  private static OciConfig.@Nullable Pids pids(@Nullable Long limit) {
    return limit == null || limit <= 0 ? null : new OciConfig.Pids(limit);
  }

  private static OciConfig.@Nullable BlockIo blockIo(Resources.BlockIo asked, HostFacts host) {
    if (asked.equals(Resources.BlockIo.NONE)) {
      return null;
    }
    var weights = new ArrayList<OciConfig.WeightDevice>();
    for (DeviceRate rate : asked.weightDevice()) {
      DeviceNode node = node(rate.path(), host);
      weights.add(new OciConfig.WeightDevice(node.major(), node.minor(), (int) rate.rate()));
    }
    return new OciConfig.BlockIo(
        asked.weight() == 0 ? null : asked.weight(),
        weights,
        rates(asked.readBps(), host),
        rates(asked.writeBps(), host),
        rates(asked.readIops(), host),
        rates(asked.writeIops(), host));
  }

  private static List<OciConfig.ThrottleDevice> rates(List<DeviceRate> asked, HostFacts host) {
    var rates = new ArrayList<OciConfig.ThrottleDevice>();
    for (DeviceRate rate : asked) {
      DeviceNode node = node(rate.path(), host);
      rates.add(new OciConfig.ThrottleDevice(node.major(), node.minor(), rate.rate()));
    }
    return rates;
  }

  private static DeviceNode node(String path, HostFacts host) {
    return host.devices().stream()
        .filter(device -> device.path().equals(path))
        .findFirst()
        .orElseThrow(
            () -> new Refused(new Failure.Invalid(path + ": no such device on this host")));
  }

  private static @Nullable Long set(long value) {
    return value == 0 ? null : value;
  }

  private static @Nullable String set(String value) {
    return value.isEmpty() ? null : value;
  }
}
