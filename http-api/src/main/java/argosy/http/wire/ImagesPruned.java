package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a prune of images took away. */
@PascalCase
public record ImagesPruned(@Nullable List<ImageDeleted> imagesDeleted, long spaceReclaimed) {}
