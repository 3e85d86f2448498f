package argosy.http.wire;

/** The answer of lines that make something and say only its id. */
@PascalCase
public record IdOnly(String id) {}
