package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a prune of networks took away. */
@PascalCase
public record NetworksPruned(@Nullable List<String> networksDeleted) {}
