package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network as list and inspect show it. */
@PascalCase
public record NetworkResource(
    String name,
    String id,
    String created,
    String scope,
    String driver,
    @JsonProperty("EnableIPv4") @OmitNull @Nullable Boolean enableIpv4,
    @JsonProperty("EnableIPv6") boolean enableIpv6,
    @JsonProperty("IPAM") Ipam ipam,
    boolean internal,
    boolean attachable,
    boolean ingress,
    NetworkCreate.ConfigFrom configFrom,
    boolean configOnly,
    Map<String, Member> containers,
    Map<String, String> options,
    Map<String, String> labels) {

  /** Addresses with their prefix length. */
  @PascalCase
  public record Member(
      String name,
      @JsonProperty("EndpointID") String endpointId,
      String macAddress,
      @JsonProperty("IPv4Address") String ipv4Address,
      @JsonProperty("IPv6Address") String ipv6Address) {}
}
