package argosy.engine.network;

import argosy.engine.netlink.Cidr;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which of a container's networks leads out of it. Pure. */
final class Gateways {
  /** The highest priority, then the first by the network's name, as libnetwork orders them. */
  static final Comparator<Endpoint> ORDER =
      Comparator.<Endpoint>comparingInt(endpoint -> -endpoint.asked().gatewayPriority())
          .thenComparing(Endpoint::network);

  private Gateways() {}

  /** None when all are internal: such a container has no way out and publishes nothing. */
  static Optional<Endpoint> of(Collection<Endpoint> endpoints) {
    return endpoints.stream().filter(endpoint -> !endpoint.gateway().isEmpty()).min(ORDER);
  }

  /** Its address, 0 for none. */
  static int address(Collection<Endpoint> endpoints) {
    return of(endpoints).map(endpoint -> Cidr.address(endpoint.gateway())).orElse(0);
  }
}
