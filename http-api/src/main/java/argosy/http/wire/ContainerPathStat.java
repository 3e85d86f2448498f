package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What {@code X-Docker-Container-Path-Stat} holds; {@code mode} in Go's bits. */
public record ContainerPathStat(
    @JsonProperty("name") String name,
    @JsonProperty("size") long size,
    @JsonProperty("mode") long mode,
    @JsonProperty("mtime") String mtime,
    @JsonProperty("linkTarget") String linkTarget) {}
