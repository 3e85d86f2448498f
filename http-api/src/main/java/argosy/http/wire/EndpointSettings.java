package argosy.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container's place in one network, asked for and shown alike. */
@PascalCase
public record EndpointSettings(
    @JsonProperty("IPAMConfig") @Nullable IpamConfig ipamConfig,
    @Nullable List<String> links,
    @Nullable List<String> aliases,
    @Nullable String macAddress,
    @Nullable Map<String, String> driverOpts,
    int gwPriority,
    @JsonProperty("NetworkID") @Nullable String networkId,
    @JsonProperty("EndpointID") @Nullable String endpointId,
    @Nullable String gateway,
    @JsonProperty("IPAddress") @Nullable String ipAddress,
    @JsonProperty("IPPrefixLen") int ipPrefixLen,
    @JsonProperty("IPv6Gateway") @Nullable String ipv6Gateway,
    @JsonProperty("GlobalIPv6Address") @Nullable String globalIpv6Address,
    @JsonProperty("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
    @JsonProperty("DNSNames") @Nullable List<String> dnsNames) {

  @PascalCase
  public record IpamConfig(
      @JsonProperty("IPv4Address") @OmitEmpty @Nullable String ipv4Address,
      @JsonProperty("IPv6Address") @OmitEmpty @Nullable String ipv6Address,
      @JsonProperty("LinkLocalIPs") @OmitEmpty @Nullable List<String> linkLocalIps) {}
}
