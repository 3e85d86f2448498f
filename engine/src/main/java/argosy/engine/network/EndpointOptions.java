package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What may be asked of one endpoint besides its network. Pure. */
final class EndpointOptions {
  private static final String SYSCTLS = "com.docker.network.endpoint.sysctls";
  private static final String INTERFACE = "IFNAME";

  /** Only the endpoint's own: nothing that other interfaces would feel. */
  private static final Pattern SYSCTL =
      Pattern.compile("net\\.(ipv4|ipv6|mpls)\\.[a-z0-9_]+\\.IFNAME\\.[A-Za-z0-9_]+=.+");

  private static final Subnet FOUR = Subnet.parse("169.254.0.0/16");
  private static final Subnet SIX = Subnet.parse("fe80::/10");
  private static final int SIX_LENGTH = 64;

  private EndpointOptions() {}

  /** Refuses what could not be done. */
  static void check(EndpointSpec asked) {
    linkLocal(asked);
    sysctls(asked, INTERFACE);
  }

  /** Its further addresses. */
  static List<Subnet> linkLocal(EndpointSpec asked) {
    return asked.linkLocal().stream().map(EndpointOptions::linkLocal).toList();
  }

  private static Subnet linkLocal(String text) {
    Ip address = address(text, text.contains(":"));
    if (!FOUR.contains(address) && !SIX.contains(address)) {
      throw invalid("invalid link local IP address: " + text);
    }
    return new Subnet(address, address.six() ? SIX_LENGTH : FOUR.length());
  }

  static Ip address(String text, boolean six) {
    try {
      Ip address = Ip.parse(text);
      if (address.six() == six) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid(wrong(text, six)), e);
    }
    throw invalid(wrong(text, six));
  }

  private static String wrong(String text, boolean six) {
    return "invalid IPv%d address: %s".formatted(six ? 6 : 4, text);
  }

  /** By name, {@code net.ipv4.conf.eth0.forwarding}. */
  static Map<String, String> sysctls(EndpointSpec asked, String interfaceName) {
    String text = asked.driverOptions().getOrDefault(SYSCTLS, "");
    var all = new LinkedHashMap<String, String>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",")) {
      if (!SYSCTL.matcher(each).matches()) {
        throw invalid(
            "unrecognised network interface sysctl '%s'; write it as net.X.Y.IFNAME.Z=V, X being ipv4, ipv6 or mpls"
                .formatted(each));
      }
      int equals = each.indexOf('=');
      all.put(
          each.substring(0, equals).replace(INTERFACE, interfaceName), each.substring(equals + 1));
    }
    return all;
  }

  private static Refused invalid(String text) {
    return new Refused(new Failure.Invalid(text));
  }
}
