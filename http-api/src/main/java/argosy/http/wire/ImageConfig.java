package argosy.http.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image's run-time configuration since 1.50: only what an image can hold, only what is set. */
@PascalCase
public record ImageConfig(
    @OmitEmpty String user,
    @OmitEmpty Map<String, Object> exposedPorts,
    @OmitEmpty List<String> env,
    @OmitEmpty @Nullable List<String> entrypoint,
    @OmitEmpty @Nullable List<String> cmd,
    @OmitNull Config.@Nullable Healthcheck healthcheck,
    @OmitEmpty Map<String, Object> volumes,
    @OmitEmpty String workingDir,
    @OmitEmpty Map<String, String> labels,
    @OmitEmpty List<String> onBuild,
    @OmitEmpty @Nullable String stopSignal,
    @OmitEmpty List<String> shell) {}
