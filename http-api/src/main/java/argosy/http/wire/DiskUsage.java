package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What takes room on the disk; a part that was not asked for is null. */
@PascalCase
public record DiskUsage(
    long layersSize,
    @Nullable List<ImageRow> images,
    @Nullable List<ContainerRow> containers,
    @Nullable List<VolumeRow> volumes,
    @Nullable List<BuildCacheRow> buildCache) {}
