package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** One node of the cluster; {@code status} is joining, up, leaving, unreachable or down. */
@PascalCase
public record NodeRow(
    String name,
    @JsonProperty("ID") String id,
    String address,
    String status,
    boolean self,
    List<String> labels,
    String engineVersion) {}
