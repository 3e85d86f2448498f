package argosy.http.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a volume is asked to be. */
@PascalCase
public record VolumeCreate(
    @Nullable String name,
    @Nullable String driver,
    @Nullable Map<String, String> driverOpts,
    @Nullable Map<String, String> labels,
    @Nullable Object clusterVolumeSpec) {}
