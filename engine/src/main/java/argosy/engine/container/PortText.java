package argosy.engine.container;

import argosy.engine.network.Sandbox.Published;
import java.util.List;
import java.util.stream.Collectors;

/** Published ports as {@code docker ps} writes them. */
final class PortText {
  private PortText() {}

  /** {@code 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp}, "" for none. */
  static String of(List<Published> ports) {
    return ports.stream().map(PortText::of).distinct().collect(Collectors.joining(", "));
  }

  private static String of(Published published) {
    return published.isTranslated()
        ? "%s:%d->%s".formatted(host(published.hostIp()), published.hostPort(), published.port())
        : published.port().toString();
  }

  private static String host(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }
}
