package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of {@code docker ps}; {@code created} in seconds since 1970. */
@PascalCase
public record ContainerRow(
    String id,
    List<String> names,
    String image,
    @JsonProperty("ImageID") String imageId,
    String command,
    long created,
    List<PortRow> ports,
    @OmitNull @Nullable Long sizeRw,
    @OmitNull @Nullable Long sizeRootFs,
    Map<String, String> labels,
    String state,
    String status,
    Host hostConfig,
    Networks networkSettings,
    List<MountRow> mounts) {

  @PascalCase
  public record Host(String networkMode, @OmitEmpty @Nullable Map<String, String> annotations) {}

  @PascalCase
  public record Networks(Map<String, EndpointSettings> networks) {}

  @PascalCase
  public record PortRow(
      @JsonProperty("IP") @OmitEmpty @Nullable String ip,
      int privatePort,
      @OmitNull @Nullable Integer publicPort,
      String type) {}
}
