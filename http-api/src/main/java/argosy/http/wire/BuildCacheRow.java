package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a build keeps; size in bytes. */
@PascalCase
public record BuildCacheRow(
    @JsonProperty("ID") String id,
    String type,
    String description,
    boolean inUse,
    boolean shared,
    long size,
    String createdAt,
    String lastUsedAt) {}
