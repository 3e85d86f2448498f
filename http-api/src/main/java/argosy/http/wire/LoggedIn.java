package argosy.http.wire;

/** The answer of {@code POST /auth}; the token may be empty. */
@PascalCase
public record LoggedIn(String identityToken, String status) {}
