package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the bridge driver's options and refuses, in Docker's words, what makes no sense. Pure. */
final class OptionCheck {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  /** The kernel's limit on an interface's name, without its closing zero. */
  private static final int LONGEST_NAME = 15;

  /** Room for a number behind it. */
  private static final int LONGEST_PREFIX = 12;

  private static final int LARGEST_MTU = 65535;

  /** Would be taken for one of our links. */
  private static final String RESERVED = "argo[0-9a-f]{11}";

  private static final List<String> NOT_BUILT =
      List.of(
          "com.docker.network.host_ipv4",
          "com.docker.network.host_ipv6",
          "com.docker.network.bridge.trusted_host_interfaces");

  private OptionCheck() {}

  static void check(Map<String, String> options, boolean internal) {
    mtu(options);
    isOn(options, BridgeOptions.ICC, true);
    isOn(options, BridgeOptions.MASQUERADE, true);
    isOn(options, BridgeOptions.INHIBIT, false);
    binding(options);
    name(options);
    gatewayMode(options, BridgeOptions.GATEWAY_MODE_4, internal);
    gatewayMode(options, BridgeOptions.GATEWAY_MODE_6, internal);
    for (String option : NOT_BUILT) {
      if (options.containsKey(option)) {
        throw new Refused(
            new Failure.NotImplemented(
                "Argosy does not know the network option " + option + " yet"));
      }
    }
  }

  static int mtu(Map<String, String> options) {
    String text = options.getOrDefault(BridgeOptions.MTU, "1500");
    try {
      int mtu = Integer.parseInt(text);
      if (mtu < 0 || mtu > LARGEST_MTU) {
        throw invalid("invalid MTU number: " + mtu);
      }
      return mtu == 0 ? 1500 : mtu;
    } catch (NumberFormatException e) {
      String syntax = "strconv.Atoi: parsing \"%s\": invalid syntax".formatted(text);
      throw new Refused(unparsed(BridgeOptions.MTU, text, syntax), e);
    }
  }

  static boolean isOn(Map<String, String> options, String option, boolean otherwise) {
    String text = options.getOrDefault(option, Boolean.toString(otherwise));
    if (!TRUE.contains(text) && !FALSE.contains(text)) {
      String syntax = "strconv.ParseBool: parsing \"%s\": invalid syntax".formatted(text);
      throw new Refused(unparsed(option, text, syntax));
    }
    return TRUE.contains(text);
  }

  private static void binding(Map<String, String> options) {
    String text = options.getOrDefault(BridgeOptions.HOST_BINDING, "0.0.0.0");
    try {
      if (!Ip.parse(text).six()) {
        return;
      }
      throw new Refused(unparsed(BridgeOptions.HOST_BINDING, text, "not an IPv4 address"));
    } catch (IllegalArgumentException e) {
      throw new Refused(unparsed(BridgeOptions.HOST_BINDING, text, "nil ip"), e);
    }
  }

  private static void name(Map<String, String> options) {
    String name = options.getOrDefault(BridgeOptions.NAME, "x");
    if (!isInterfaceName(name, LONGEST_NAME) || name.matches(RESERVED)) {
      throw invalid("invalid bridge name: \"" + name + "\"");
    }
    String prefix = options.getOrDefault(BridgeOptions.PREFIX, "eth");
    if (!isInterfaceName(prefix, LONGEST_PREFIX)) {
      throw invalid("invalid value for " + BridgeOptions.PREFIX + ": \"" + prefix + "\"");
    }
  }

  /** What the kernel takes as an interface's name (dev_valid_name). */
  static boolean isInterfaceName(String name, int longest) {
    return !name.isEmpty()
        && name.length() <= longest
        && !name.equals(".")
        && !name.equals("..")
        && !name.matches(".*[/\\s:%].*");
  }

  private static void gatewayMode(Map<String, String> options, String option, boolean internal) {
    String mode = options.getOrDefault(option, "");
    switch (mode) {
      case "", "nat" -> {}
      case "isolated" -> {
        if (!internal) {
          throw invalid("gateway mode 'isolated' can only be used for an internal network");
        }
      }
      case "routed", "nat-unprotected" ->
          throw new Refused(
              new Failure.NotImplemented(
                  "Argosy does not have the gateway mode \"%s\" (%s) yet: use \"nat\""
                      .formatted(mode, option)));
      default -> throw invalid("unknown gateway mode " + mode);
    }
  }

  private static Failure unparsed(String option, String text, String why) {
    return new Failure.Invalid("failed to parse %s value: %s (%s)".formatted(option, text, why));
  }

  private static Refused invalid(String text) {
    return new Refused(new Failure.Invalid(text));
  }
}
