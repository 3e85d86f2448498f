package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a prune of volumes took away. */
@PascalCase
public record VolumesPruned(@Nullable List<String> volumesDeleted, long spaceReclaimed) {}
