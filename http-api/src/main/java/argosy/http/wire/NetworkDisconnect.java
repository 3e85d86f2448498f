package argosy.http.wire;

import org.jspecify.annotations.Nullable;

/** Who is to be disconnected. */
@PascalCase
public record NetworkDisconnect(@Nullable String container, boolean force) {}
