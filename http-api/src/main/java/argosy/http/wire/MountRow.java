package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A mount as it was resolved. */
@PascalCase
public record MountRow(
    String type,
    @OmitEmpty String name,
    String source,
    String destination,
    @OmitEmpty String driver,
    String mode,
    @JsonProperty("RW") boolean readWrite,
    String propagation) {}
