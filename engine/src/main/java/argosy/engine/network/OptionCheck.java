package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import java.util.Map;
import java.util.Optional;
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

  private OptionCheck() {}

  static void check(Map<String, String> options, boolean internal) {
    mtu(options);
    isOn(options, BridgeOptions.ICC, true);
    isOn(options, BridgeOptions.MASQUERADE, true);
    isOn(options, BridgeOptions.INHIBIT, false);
    ip(options, BridgeOptions.HOST_BINDING);
    source(options, BridgeOptions.HOST_4, false);
    source(options, BridgeOptions.HOST_6, true);
    name(options);
    trusted(options);
    gatewayMode(options, BridgeOptions.GATEWAY_MODE_4, internal);
    gatewayMode(options, BridgeOptions.GATEWAY_MODE_6, internal);
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

  private static Optional<Ip> ip(Map<String, String> options, String option) {
    String text = options.get(option);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Ip.parse(text));
    } catch (IllegalArgumentException e) {
      throw new Refused(unparsed(option, text, "nil ip"), e);
    }
  }

  private static void source(Map<String, String> options, String option, boolean six) {
    ip(options, option)
        .filter(address -> address.six() != six)
        .ifPresent(address -> {
          String why = "not an IPv%d address".formatted(six ? 6 : 4);
          throw new Refused(unparsed(option, address.toString(), why));
        });
  }

  /** They stand in rules of the packet filter as they are. */
  private static void trusted(Map<String, String> options) {
    for (String name : options.getOrDefault(BridgeOptions.TRUSTED, "").split(":")) {
      if (!name.isEmpty() && !isRuleName(name)) {
        throw invalid("invalid value for " + BridgeOptions.TRUSTED + ": \"" + name + "\"");
      }
    }
  }

  private static void name(Map<String, String> options) {
    String name = options.getOrDefault(BridgeOptions.NAME, "x");
    if (!isRuleName(name) || name.matches(RESERVED)) {
      throw invalid("invalid bridge name: \"" + name + "\"");
    }
    String prefix = options.getOrDefault(BridgeOptions.PREFIX, "eth");
    if (!isInterfaceName(prefix, LONGEST_PREFIX)) {
      throw invalid("invalid value for " + BridgeOptions.PREFIX + ": \"" + prefix + "\"");
    }
  }

  /** It can stand in a rule of the packet filter and means itself there. */
  private static boolean isRuleName(String name) {
    return isInterfaceName(name, LONGEST_NAME) && !name.matches(".*[\"*\\\\].*");
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
      case "", "nat", "nat-unprotected", "routed" -> {}
      case "isolated" -> {
        if (!internal) {
          throw invalid("gateway mode 'isolated' can only be used for an internal network");
        }
      }
      default -> throw new Refused(unparsed(option, mode, "unknown gateway mode " + mode));
    }
  }

  private static Failure unparsed(String option, String text, String why) {
    return new Failure.Invalid("failed to parse %s value: %s (%s)".formatted(option, text, why));
  }

  private static Refused invalid(String text) {
    return new Refused(new Failure.Invalid(text));
  }
}
