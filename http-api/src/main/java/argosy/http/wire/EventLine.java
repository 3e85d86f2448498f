package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened; the first three repeat it for old clients. */
public record EventLine(
    @OmitEmpty @Nullable String status,
    @OmitEmpty @Nullable String id,
    @OmitEmpty @Nullable String from,
    @JsonProperty("Type") String type,
    @JsonProperty("Action") String action,
    @JsonProperty("Actor") Actor actor,
    String scope,
    long time,
    long timeNano) {

  public record Actor(
      @JsonProperty("ID") String id, @JsonProperty("Attributes") Map<String, String> attributes) {}
}
