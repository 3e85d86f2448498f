package argosy.http.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code docker images}; {@code created} in seconds since 1970, {@code manifests} only
 * where they were asked for.
 */
@PascalCase
public record ImageRow(
    String id,
    String parentId,
    List<String> repoTags,
    List<String> repoDigests,
    long created,
    long size,
    long sharedSize,
    @OmitNull @Nullable Long virtualSize,
    @Nullable Map<String, String> labels,
    long containers,
    @OmitNull @Nullable List<ManifestSummary> manifests) {}
