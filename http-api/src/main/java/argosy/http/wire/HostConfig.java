package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The host's half of a container's configuration, asked for and shown alike. */
@PascalCase
public record HostConfig(
    @Nullable List<String> binds,
    @JsonProperty("ContainerIDFile") @Nullable String containerIdFile,
    @Nullable LogConfig logConfig,
    @Nullable String networkMode,
    @Nullable Map<String, @Nullable List<PortBinding>> portBindings,
    @Nullable RestartPolicy restartPolicy,
    boolean autoRemove,
    @Nullable String volumeDriver,
    @Nullable List<String> volumesFrom,
    @Nullable List<Integer> consoleSize,
    @OmitEmpty @Nullable Map<String, String> annotations,
    @OneOrMany @Nullable List<String> capAdd,
    @OneOrMany @Nullable List<String> capDrop,
    @Nullable String cgroupnsMode,
    @Nullable List<String> dns,
    @Nullable List<String> dnsOptions,
    @Nullable List<String> dnsSearch,
    @Nullable List<String> extraHosts,
    @Nullable List<String> groupAdd,
    @Nullable String ipcMode,
    @Nullable String cgroup,
    @Nullable List<String> links,
    int oomScoreAdj,
    @Nullable String pidMode,
    boolean privileged,
    boolean publishAllPorts,
    boolean readonlyRootfs,
    @Nullable List<String> securityOpt,
    @OmitEmpty @Nullable Map<String, String> storageOpt,
    @OmitEmpty @Nullable Map<String, String> tmpfs,
    @JsonProperty("UTSMode") @Nullable String utsMode,
    @Nullable String usernsMode,
    long shmSize,
    @OmitEmpty @Nullable Map<String, String> sysctls,
    @Nullable String runtime,
    @Nullable String isolation,
    long cpuShares,
    long memory,
    long nanoCpus,
    @Nullable String cgroupParent,
    int blkioWeight,
    @Nullable List<WeightDevice> blkioWeightDevice,
    @Nullable List<ThrottleDevice> blkioDeviceReadBps,
    @Nullable List<ThrottleDevice> blkioDeviceWriteBps,
    @JsonProperty("BlkioDeviceReadIOps") @Nullable List<ThrottleDevice> blkioDeviceReadIops,
    @JsonProperty("BlkioDeviceWriteIOps") @Nullable List<ThrottleDevice> blkioDeviceWriteIops,
    long cpuPeriod,
    long cpuQuota,
    long cpuRealtimePeriod,
    long cpuRealtimeRuntime,
    @Nullable String cpusetCpus,
    @Nullable String cpusetMems,
    @Nullable List<Device> devices,
    @Nullable List<String> deviceCgroupRules,
    @Nullable List<DeviceRequest> deviceRequests,
    long memoryReservation,
    long memorySwap,
    @Nullable Long memorySwappiness,
    @Nullable Boolean oomKillDisable,
    @Nullable Long pidsLimit,
    @Nullable List<Ulimit> ulimits,
    long cpuCount,
    long cpuPercent,
    @JsonProperty("IOMaximumIOps") long ioMaximumIops,
    @JsonProperty("IOMaximumBandwidth") long ioMaximumBandwidth,
    @OmitEmpty @Nullable List<Mount> mounts,
    @Nullable List<String> maskedPaths,
    @Nullable List<String> readonlyPaths,
    @OmitNull @Nullable Boolean init) {

  @PascalCase
  public record LogConfig(@Nullable String type, @Nullable Map<String, String> config) {}

  @PascalCase
  public record PortBinding(@Nullable String hostIp, @Nullable String hostPort) {}

  @PascalCase
  public record RestartPolicy(@Nullable String name, int maximumRetryCount) {}

  @PascalCase
  public record WeightDevice(String path, int weight) {}

  @PascalCase
  public record ThrottleDevice(String path, long rate) {}

  @PascalCase
  public record Device(
      String pathOnHost, @Nullable String pathInContainer, @Nullable String cgroupPermissions) {}

  @PascalCase
  public record DeviceRequest(
      @Nullable String driver,
      int count,
      @JsonProperty("DeviceIDs") @Nullable List<String> deviceIds,
      @Nullable List<List<String>> capabilities,
      @Nullable Map<String, String> options) {}

  @PascalCase
  public record Ulimit(String name, long hard, long soft) {}
}
