package argosy.http.wire;

/** The answer to a network's create. */
@PascalCase
public record NetworkCreated(String id, String warning) {}
