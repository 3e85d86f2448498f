package argosy.http.wire;

import org.jspecify.annotations.Nullable;

/** Who is to be connected, and how. */
@PascalCase
public record NetworkConnect(
    @Nullable String container, @Nullable EndpointSettings endpointConfig) {}
