package argosy.http.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of {@code docker history}; {@code created} in seconds since 1970. */
@PascalCase
public record HistoryRow(
    String id,
    long created,
    String createdBy,
    @Nullable List<String> tags,
    long size,
    String comment) {}
