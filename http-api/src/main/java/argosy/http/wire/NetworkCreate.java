package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a network is asked to be. */
@PascalCase
public record NetworkCreate(
    @Nullable String name,
    @Nullable String driver,
    @Nullable String scope,
    @JsonProperty("EnableIPv4") @Nullable Boolean enableIpv4,
    @JsonProperty("EnableIPv6") @Nullable Boolean enableIpv6,
    @JsonProperty("IPAM") @Nullable Ipam ipam,
    boolean internal,
    boolean attachable,
    boolean ingress,
    boolean configOnly,
    @Nullable ConfigFrom configFrom,
    @Nullable Map<String, String> options,
    @Nullable Map<String, String> labels) {

  @PascalCase
  public record ConfigFrom(@Nullable String network) {}
}
