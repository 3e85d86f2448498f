package argosy.http.wire;

import java.util.List;

/** The answer to a create. */
@PascalCase
public record ContainerCreated(String id, List<String> warnings) {}
