package argosy.engine.network;

import argosy.engine.netlink.Ip;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which of a container's networks leads out of it. Pure. */
final class Gateways {
  /** The highest priority, then the first by the network's name, as libnetwork orders them. */
  static final Comparator<Endpoint> ORDER =
      Comparator.<Endpoint>comparingInt(endpoint -> -endpoint.asked().gatewayPriority())
          .thenComparing(Endpoint::network);

  private Gateways() {}

  /**
   * The one that leads out by IPv4, else by IPv6. None when all are internal: such a container has
   * no way out and publishes nothing.
   */
  static Optional<Endpoint> of(Collection<Endpoint> endpoints) {
    return of(endpoints, Endpoint::gateway).or(() -> of(endpoints, Endpoint::ipv6Gateway));
  }

  /** Where its ports are published in one family. */
  static Optional<Endpoint> of(Collection<Endpoint> endpoints, boolean six) {
    return of(endpoints, six ? Endpoint::ipv6Gateway : Endpoint::gateway);
  }

  /** The gateways of each family, which may lie in different networks. */
  static List<Ip> addresses(Collection<Endpoint> endpoints) {
    return Stream.<Function<Endpoint, String>>of(Endpoint::gateway, Endpoint::ipv6Gateway)
        .flatMap(family -> of(endpoints, family).map(family).stream())
        .map(Ip::parse)
        .toList();
  }

  /** Those of them that lie in the endpoint's network. */
  static List<Ip> through(Endpoint endpoint, Collection<Endpoint> endpoints) {
    return Stream.<Function<Endpoint, String>>of(Endpoint::gateway, Endpoint::ipv6Gateway)
        .flatMap(family -> of(endpoints, family).filter(endpoint::equals).map(family).stream())
        .map(Ip::parse)
        .toList();
  }

  private static Optional<Endpoint> of(
      Collection<Endpoint> endpoints, Function<Endpoint, String> gateway) {
    return endpoints.stream().filter(each -> !gateway.apply(each).isEmpty()).min(ORDER);
  }
}
