package argosy.http.wire;

/** A difference to the image; 0 modified, 1 added, 2 deleted. */
@PascalCase
public record Change(String path, int kind) {}
