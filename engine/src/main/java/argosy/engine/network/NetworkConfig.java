package argosy.engine.network;

import argosy.engine.netlink.Subnet;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the networks are told at start: {@code argosy.engine.network}, every key with its sentence
 * in {@code reference.conf}.
 *
 * @param fixedCidr where the default bridge's containers get their addresses, "" for anywhere
 * @param bip6 the default bridge's IPv6 address in CIDR form, "" to choose
 * @param ipv6 whether the default bridge has IPv6
 * @param icc whether the default bridge's containers reach each other
 * @param masquerade whether what leaves the default bridge carries the host's address
 * @param mtu of the default bridge, bytes
 * @param hostBinding where the default bridge's ports are published when nobody says
 * @param router where the default routes of the default bridge's containers lead, "" to the bridge
 * @param router6 the same for IPv6
 * @param pools where networks without a subnet get one; when there are none, Docker's
 * @param rest for how long an address that came back is not given to another container
 * @param options by driver, what a network has of options that were not asked for
 */
public record NetworkConfig(
    String fixedCidr,
    String bip6,
    String fixedCidrV6,
    boolean ipv6,
    boolean icc,
    boolean masquerade,
    int mtu,
    String hostBinding,
    String router,
    String router6,
    List<SplitPool> pools,
    Duration rest,
    Map<String, Map<String, String>> options) {
  /** As {@code reference.conf} says. */
  public static final NetworkConfig DEFAULT =
      new NetworkConfig(
          "",
          "",
          "",
          false,
          true,
          true,
          1500,
          "0.0.0.0",
          "",
          "",
          List.of(),
          Duration.ofSeconds(10),
          Map.of());

  public NetworkConfig {
    pools = List.copyOf(pools);
    options = Map.copyOf(options);
  }

  /** {@code base} is cut into networks with prefixes of that length. */
  public record SplitPool(Subnet base, int size) {
    private static final Pattern FORM = Pattern.compile("base=([^,]+),\\s*size=(\\d{1,3})");

    public SplitPool {
      if (size < base.length() || size > base.address().bits()) {
        throw new IllegalArgumentException(
            "default-address-pool " + base + ": its size must be a longer prefix, not " + size);
      }
    }

    /** Reads {@code base=CIDR,size=LENGTH}; throws IllegalArgumentException on anything else. */
    public static SplitPool parse(String text) {
      var match = FORM.matcher(text.strip());
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "default-address-pool is base=CIDR,size=LENGTH, not " + text);
      }
      return new SplitPool(
          Subnet.parse(match.group(1).strip()).network(), Integer.parseInt(match.group(2)));
    }
  }

  /**
   * Reads {@code argosy.engine.network}; throws IllegalArgumentException on what makes no sense.
   */
  public static NetworkConfig from(Config config) {
    return new NetworkConfig(
        config.getString("fixed-cidr"),
        config.getString("bip6"),
        config.getString("fixed-cidr-v6"),
        config.getBoolean("ipv6"),
        config.getBoolean("icc"),
        config.getBoolean("ip-masq"),
        config.getInt("mtu"),
        config.getString("ip"),
        config.getString("default-gateway"),
        config.getString("default-gateway-v6"),
        config.getStringList("default-address-pools").stream().map(SplitPool::parse).toList(),
        config.getDuration("address-rest"),
        options(config.getStringList("default-network-opts")));
  }

  /** Each {@code DRIVER=OPTION=VALUE}. */
  private static Map<String, Map<String, String>> options(List<String> texts) {
    var all = new HashMap<String, Map<String, String>>();
    for (String text : texts) {
      String[] parts = text.split("=", 3);
      if (parts.length < 3 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new IllegalArgumentException(
            "default-network-opts is DRIVER=OPTION=VALUE, not " + text);
      }
      all.computeIfAbsent(parts[0], _ -> new HashMap<>()).put(parts[1], parts[2]);
    }
    return all;
  }
}
