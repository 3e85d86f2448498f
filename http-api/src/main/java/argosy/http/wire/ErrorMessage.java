package argosy.http.wire;

/** The body of every error. */
public record ErrorMessage(String message) {}
