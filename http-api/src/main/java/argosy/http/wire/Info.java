package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to {@code /info}; absent fields are those the asked version does not know. */
@PascalCase
public record Info(
    @JsonProperty("ID") String id,
    int containers,
    int containersRunning,
    int containersPaused,
    int containersStopped,
    int images,
    String driver,
    List<List<String>> driverStatus,
    @OmitEmpty @Nullable List<List<String>> systemStatus,
    Plugins plugins,
    boolean memoryLimit,
    boolean swapLimit,
    @JsonProperty("CpuCfsPeriod") boolean cpuCfsPeriod,
    @JsonProperty("CpuCfsQuota") boolean cpuCfsQuota,
    @JsonProperty("CPUShares") boolean cpuShares,
    @JsonProperty("CPUSet") boolean cpuSet,
    boolean pidsLimit,
    @JsonProperty("IPv4Forwarding") boolean ipv4Forwarding,
    @JsonProperty("BridgeNfIptables") @OmitNull @Nullable Boolean bridgeNfIptables,
    @JsonProperty("BridgeNfIp6tables") @OmitNull @Nullable Boolean bridgeNfIp6tables,
    boolean debug,
    @JsonProperty("NFd") int fileDescriptors,
    boolean oomKillDisable,
    @JsonProperty("NGoroutines") int threads,
    String systemTime,
    String loggingDriver,
    String cgroupDriver,
    String cgroupVersion,
    @JsonProperty("NEventsListener") int eventListeners,
    String kernelVersion,
    String operatingSystem,
    @JsonProperty("OSVersion") String osVersion,
    @JsonProperty("OSType") String osType,
    String architecture,
    String indexServerAddress,
    RegistryConfig registryConfig,
    @JsonProperty("NCPU") int cpus,
    @JsonProperty("MemTotal") long memory,
    @Nullable List<String> genericResources,
    String dockerRootDir,
    String httpProxy,
    String httpsProxy,
    String noProxy,
    String name,
    List<String> labels,
    boolean experimentalBuild,
    String serverVersion,
    Map<String, RuntimePath> runtimes,
    String defaultRuntime,
    Swarm swarm,
    boolean liveRestoreEnabled,
    String isolation,
    String initBinary,
    Commit containerdCommit,
    Commit runcCommit,
    Commit initCommit,
    List<String> securityOptions,
    @OmitNull @Nullable FirewallBackend firewallBackend,
    @JsonProperty("CDISpecDirs") List<String> cdiSpecDirs,
    @OmitNull @Nullable List<String> discoveredDevices,
    List<String> warnings) {

  @PascalCase
  public record Plugins(
      List<String> volume,
      List<String> network,
      @Nullable List<String> authorization,
      List<String> log) {}

  @PascalCase
  public record RegistryConfig(
      @JsonProperty("InsecureRegistryCIDRs") List<String> insecureRegistryCidrs,
      Map<String, Index> indexConfigs,
      List<String> mirrors) {}

  @PascalCase
  public record Index(String name, List<String> mirrors, boolean secure, boolean official) {}

  /** An OCI runtime's path. */
  public record RuntimePath(String path) {}

  @PascalCase
  public record Swarm(
      @JsonProperty("NodeID") String nodeId,
      String nodeAddr,
      String localNodeState,
      boolean controlAvailable,
      String error,
      @Nullable List<String> remoteManagers) {}

  @PascalCase
  public record Commit(@JsonProperty("ID") String id, @OmitNull @Nullable String expected) {}

  @PascalCase
  public record FirewallBackend(String driver) {}
}
