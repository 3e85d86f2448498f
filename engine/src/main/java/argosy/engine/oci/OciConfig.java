package argosy.engine.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container's config.json, as far as Argosy writes one. Names and meanings are those of the OCI
 * runtime specification 1.0.2 (config.md, config-linux.md); what is empty is left out.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OciConfig(
    String ociVersion,
    Process process,
    Root root,
    String hostname,
    String domainname,
    List<Mount> mounts,
    Map<String, String> annotations,
    Linux linux) {
  public static final String VERSION = "1.0.2";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().serializationInclusion(JsonInclude.Include.NON_EMPTY).build();

  /** The file's bytes. */
  public byte[] json() {
    return bytes(this);
  }

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The process object; also what {@code exec} takes on its own. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Process(
      boolean terminal,
      @Nullable ConsoleSize consoleSize,
      @JsonInclude User user,
      List<String> args,
      List<String> env,
      String cwd,
      @JsonInclude Capabilities capabilities,
      List<Rlimit> rlimits,
      boolean noNewPrivileges,
      String apparmorProfile,
      @Nullable Integer oomScoreAdj) {
    public byte[] json() {
      return bytes(this);
    }
  }

  public record ConsoleSize(int height, int width) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record User(@JsonInclude int uid, @JsonInclude int gid, List<Integer> additionalGids) {}

  /** Empty sets are written: left out they would be a runtime's default. */
  @JsonInclude
  public record Capabilities(
      @JsonInclude List<String> bounding,
      @JsonInclude List<String> effective,
      @JsonInclude List<String> permitted,
      @JsonInclude List<String> inheritable,
      @JsonInclude List<String> ambient) {}

  public record Rlimit(String type, long soft, long hard) {}

  public record Root(String path, boolean readonly) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Mount(String destination, String type, String source, List<String> options) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Linux(
      List<Namespace> namespaces,
      List<Device> devices,
      String cgroupsPath,
      LinuxResources resources,
      String rootfsPropagation,
      @Nullable JsonNode seccomp,
      List<String> maskedPaths,
      List<String> readonlyPaths,
      Map<String, String> sysctl) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Namespace(String type, String path) {}

  public record Device(
      String path, String type, long major, long minor, int fileMode, int uid, int gid) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record LinuxResources(
      List<DeviceRule> devices,
      @Nullable Memory memory,
      @Nullable Cpu cpu,
      @Nullable Pids pids,
      @Nullable BlockIo blockIO) {}

  /** {@code major} and {@code minor} null: every one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeviceRule(
      boolean allow,
      @Nullable String type,
      @Nullable Long major,
      @Nullable Long minor,
      String access) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Memory(
      @Nullable Long limit,
      @Nullable Long reservation,
      @Nullable Long swap,
      @Nullable Long swappiness,
      @Nullable Boolean disableOOMKiller) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Cpu(
      @Nullable Long shares,
      @Nullable Long quota,
      @Nullable Long period,
      @Nullable Long realtimeRuntime,
      @Nullable Long realtimePeriod,
      @Nullable String cpus,
      @Nullable String mems) {}

  public record Pids(long limit) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record BlockIo(
      @Nullable Integer weight,
      List<WeightDevice> weightDevice,
      @JsonProperty("throttleReadBpsDevice") List<ThrottleDevice> readBps,
      @JsonProperty("throttleWriteBpsDevice") List<ThrottleDevice> writeBps,
      @JsonProperty("throttleReadIOPSDevice") List<ThrottleDevice> readIops,
      @JsonProperty("throttleWriteIOPSDevice") List<ThrottleDevice> writeIops) {}

  public record WeightDevice(long major, long minor, int weight) {}

  public record ThrottleDevice(long major, long minor, long rate) {}
}
