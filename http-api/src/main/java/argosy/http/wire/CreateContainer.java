package argosy.http.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in a create's body beside the fields of {@link Config}. */
@PascalCase
public record CreateContainer(
    @Nullable HostConfig hostConfig, @Nullable NetworkingConfig networkingConfig) {

  @PascalCase
  public record NetworkingConfig(
      @Nullable Map<String, @Nullable EndpointSettings> endpointsConfig) {}
}
