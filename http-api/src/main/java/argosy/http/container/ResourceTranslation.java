package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.text;

import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.BlockIo;
import argosy.engine.spec.Resources.Cpu;
import argosy.engine.spec.Resources.Device;
import argosy.engine.spec.Resources.DeviceRate;
import argosy.engine.spec.Resources.Memory;
import argosy.engine.spec.Resources.Ulimit;
import argosy.http.answer.Refusal;
import argosy.http.wire.HostConfig;
import argosy.http.wire.HostConfig.ThrottleDevice;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Limits, checked as dockerd checks them; whether the host can keep them is the engine's. */
final class ResourceTranslation {
  private static final long LEAST_MEMORY = 6L << 20;
  private static final Pattern PERMISSIONS = Pattern.compile("|[rwm]{1,3}");

  private ResourceTranslation() {}

  /** What a create asks for. */
  static Resources resources(HostConfig host) {
    Refusal.when(
        host.memorySwap() > 0 && host.memory() == 0,
        "You should always set the Memory limit when using Memoryswap limit, see usage");
    return read(host, pids(host.pidsLimit()));
  }

  /** What an update asks for: swap may be changed without the limit, and no limit is a wish. */
  static Resources update(HostConfig host) {
    Long pids = host.pidsLimit();
    return read(host, pids == null ? null : Math.max(0, pids));
  }

  private static Resources read(HostConfig host, @Nullable Long pids) {
    int oom = host.oomScoreAdj();
    Refusal.when(
        oom < -1000 || oom > 1000,
        "Invalid value " + oom + ", range for oom score adj is [-1000, 1000]");
    return new Resources(
        memory(host),
        cpu(host),
        blockIo(host),
        pids,
        list(host.ulimits()).stream()
            .map(each -> new Ulimit(text(each.name()), each.soft(), each.hard()))
            .toList(),
        list(host.devices()).stream().map(ResourceTranslation::device).toList(),
        list(host.deviceCgroupRules()),
        text(host.cgroupParent()),
        oom,
        host.oomKillDisable());
  }

  /** Nothing said and no limit are the same for a new container. */
  private static @Nullable Long pids(@Nullable Long asked) {
    return asked == null || asked <= 0 ? null : asked;
  }

  private static Memory memory(HostConfig host) {
    long limit = host.memory();
    long swap = host.memorySwap();
    long reservation = host.memoryReservation();
    Refusal.when(limit != 0 && limit < LEAST_MEMORY, "Minimum memory limit allowed is 6MB");
    Refusal.when(
        swap > 0 && swap < limit,
        "Minimum memoryswap limit should be larger than memory limit, see usage");
    Refusal.when(
        reservation != 0 && reservation < LEAST_MEMORY,
        "Minimum memory reservation allowed is 6MB");
    Refusal.when(
        reservation != 0 && limit != 0 && limit < reservation,
        "Minimum memory limit can not be less than memory reservation limit, see usage");
    Refusal.when(host.shmSize() < 0, "SHM size can not be less than 0");
    return new Memory(
        limit, reservation, swap, swappiness(host.memorySwappiness()), host.shmSize());
  }

  /** -1 is the CLI's way to say nothing. */
  private static @Nullable Long swappiness(@Nullable Long asked) {
    if (asked == null || asked == -1) {
      return null;
    }
    Refusal.when(
        asked < 0 || asked > 100,
        "Invalid value: " + asked + ", valid memory swappiness range is 0-100");
    return asked;
  }

  private static Cpu cpu(HostConfig host) {
    Refusal.when(
        host.cpuShares() < 0,
        "invalid CPU shares (" + host.cpuShares() + "): value must be a positive integer");
    Refusal.when(
        host.cpuRealtimePeriod() != 0 && host.cpuRealtimeRuntime() > host.cpuRealtimePeriod(),
        "cpu real-time runtime cannot be higher than cpu real-time period");
    Refusal.when(
        host.nanoCpus() > 0 && host.cpuPeriod() > 0,
        "Conflicting options: Nano CPUs and CPU Period cannot both be set");
    Refusal.when(
        host.nanoCpus() > 0 && host.cpuQuota() > 0,
        "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
    Refusal.when(
        host.cpuPeriod() != 0 && (host.cpuPeriod() < 1000 || host.cpuPeriod() > 1_000_000),
        "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
    Refusal.when(
        host.cpuQuota() > 0 && host.cpuQuota() < 1000,
        "CPU cfs quota can not be less than 1ms (i.e. 1000)");
    return new Cpu(
        host.cpuShares(),
        host.nanoCpus(),
        host.cpuPeriod(),
        host.cpuQuota(),
        host.cpuRealtimePeriod(),
        host.cpuRealtimeRuntime(),
        text(host.cpusetCpus()),
        text(host.cpusetMems()));
  }

  private static BlockIo blockIo(HostConfig host) {
    return new BlockIo(
        host.blkioWeight(),
        list(host.blkioWeightDevice()).stream()
            .map(each -> new DeviceRate(text(each.path()), each.weight()))
            .toList(),
        rates(host.blkioDeviceReadBps()),
        rates(host.blkioDeviceWriteBps()),
        rates(host.blkioDeviceReadIops()),
        rates(host.blkioDeviceWriteIops()));
  }

  private static List<DeviceRate> rates(@Nullable List<ThrottleDevice> asked) {
    return list(asked).stream()
        .map(each -> new DeviceRate(text(each.path()), each.rate()))
        .toList();
  }

  private static Device device(HostConfig.Device asked) {
    String permissions = text(asked.cgroupPermissions());
    Refusal.when(
        !PERMISSIONS.matcher(permissions).matches(),
        "invalid device permissions: \"" + permissions + "\"");
    return new Device(
        text(asked.pathOnHost()),
        text(asked.pathInContainer()).isEmpty()
            ? text(asked.pathOnHost())
            : text(asked.pathInContainer()),
        permissions.isEmpty() ? "rwm" : permissions);
  }
}
