package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network's address pools. */
@PascalCase
public record Ipam(
    @Nullable String driver, @Nullable Map<String, String> options, @Nullable List<Pool> config) {

  @PascalCase
  public record Pool(
      @OmitEmpty @Nullable String subnet,
      @JsonProperty("IPRange") @OmitEmpty @Nullable String ipRange,
      @OmitEmpty @Nullable String gateway,
      @OmitEmpty @Nullable Map<String, String> auxiliaryAddresses) {}
}
