package argosy.http.wire;

import java.util.List;

/** The answer to an update. */
@PascalCase
public record Updated(List<String> warnings) {}
