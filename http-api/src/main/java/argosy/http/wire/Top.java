package argosy.http.wire;

import java.util.List;

/** The processes of a container. */
@PascalCase
public record Top(List<String> titles, List<List<String>> processes) {}
