package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Family;
import argosy.engine.netlink.Ip;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.Sandbox.Published;
import argosy.engine.spec.NetworkSpec.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a container's port is published: packets are not translated between the families, and not
 * at all in the routed ones. Pure.
 *
 * @param translated the host's addresses, or the one of all of them
 * @param routed families in which the container's own address is reached, each as {@code 0.0.0.0}
 *     or {@code ::}
 */
record HostAddresses(List<Ip> translated, List<Ip> routed) {
  private static final Ip ALL_4 = Ip.parse("0.0.0.0");
  private static final Ip ALL_6 = Ip.parse("::");

  /** Where a container's packets of one family find the way out. */
  record Gate(Network network, Endpoint endpoint) {
    /** Null when there is none to be had without being asked for by name. */
    private @Nullable Ip otherwise(boolean six) {
      Ip bound = parse(network.options().getOrDefault(BridgeOptions.HOST_BINDING, "0.0.0.0"));
      if (bound.equals(ALL_4)) {
        return six ? ALL_6 : ALL_4;
      }
      return bound.six() == six ? bound : null;
    }
  }

  /**
   * Those that are asked for and lead somewhere; refuses what is no address.
   *
   * @param gate of a family, {@code true} for IPv6
   */
  static HostAddresses of(Function<Boolean, Optional<Gate>> gate, Binding asked) {
    Ip wanted = asked.hostIp().isEmpty() ? null : parse(asked.hostIp());
    var translated = new ArrayList<Ip>();
    var routed = new ArrayList<Ip>();
    for (boolean six : new boolean[] {false, true}) {
      gate.apply(six)
          .ifPresent(each -> {
            Ip address = wanted == null ? each.otherwise(six) : wanted;
            if (address != null && address.six() == six) {
              if (BridgeOptions.isRouted(each.network(), six ? Family.V6 : Family.V4)) {
                routed.add(six ? ALL_6 : ALL_4);
              } else {
                translated.add(address);
              }
            }
          });
    }
    return new HostAddresses(List.copyOf(translated), List.copyOf(routed));
  }

  /** Refuses what was asked for by name and can not be; {@code network}: the one that leads out. */
  void check(Binding asked, String network) {
    if (asked.hostIp().isEmpty()) {
      return;
    }
    Ip address = parse(asked.hostIp());
    if (address.six() && address.inet().isLoopbackAddress()) {
      throw invalid(
          "port can not be published on ::1: the kernel leads nothing out of the IPv6 loopback;"
              + " use 127.0.0.1 or another address of the host");
    }
    if (translated.isEmpty() && routed.isEmpty()) {
      throw invalid(
          "port can not be published on %s: the container has no %s address in network %s,"
                  .formatted(address, address.six() ? "IPv6" : "IPv4", network)
              + " and Argosy does not translate between IPv4 and IPv6");
    }
  }

  /** True when what is published stands for one of them. */
  boolean has(Published published) {
    return (published.isTranslated() ? translated : routed).contains(Ip.parse(published.hostIp()));
  }

  /** Those for which nothing of these stands. */
  HostAddresses without(List<Published> standing) {
    return new HostAddresses(
        translated.stream().filter(each -> !stands(standing, each, true)).toList(),
        routed.stream().filter(each -> !stands(standing, each, false)).toList());
  }

  private static boolean stands(List<Published> standing, Ip address, boolean translated) {
    return standing.stream()
        .anyMatch(
            each -> each.isTranslated() == translated && Ip.parse(each.hostIp()).equals(address));
  }

  private static Ip parse(String text) {
    try {
      return Ip.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("invalid IP address: " + text), e);
    }
  }

  private static Refused invalid(String text) {
    return new Refused(new Failure.Invalid(text));
  }
}
