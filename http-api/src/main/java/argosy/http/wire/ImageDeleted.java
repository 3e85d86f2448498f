package argosy.http.wire;

/** One step of a removal: exactly one of the two is there. */
@PascalCase
public record ImageDeleted(@OmitEmpty String untagged, @OmitEmpty String deleted) {}
