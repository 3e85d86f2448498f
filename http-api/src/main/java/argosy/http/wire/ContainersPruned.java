package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a prune of containers took away. */
@PascalCase
public record ContainersPruned(@Nullable List<String> containersDeleted, long spaceReclaimed) {}
