package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a container's inspect. */
@PascalCase
public record InspectContainer(
    String id,
    String created,
    String path,
    List<String> args,
    State state,
    String image,
    String resolvConfPath,
    String hostnamePath,
    String hostsPath,
    String logPath,
    String name,
    int restartCount,
    String driver,
    String platform,
    String mountLabel,
    String processLabel,
    String appArmorProfile,
    @JsonProperty("ExecIDs") @Nullable List<String> execIds,
    HostConfig hostConfig,
    GraphDriver graphDriver,
    @OmitNull @Nullable Long sizeRw,
    @OmitNull @Nullable Long sizeRootFs,
    List<MountRow> mounts,
    Config config,
    NetworkSettings networkSettings) {

  @PascalCase
  public record State(
      String status,
      boolean running,
      boolean paused,
      boolean restarting,
      @JsonProperty("OOMKilled") boolean oomKilled,
      boolean dead,
      int pid,
      int exitCode,
      String error,
      String startedAt,
      String finishedAt,
      @OmitNull @Nullable Health health) {}

  @PascalCase
  public record Health(String status, int failingStreak, List<Probe> log) {}

  @PascalCase
  public record Probe(String start, String end, int exitCode, String output) {}

  @PascalCase
  public record GraphDriver(Map<String, String> data, String name) {}
}
