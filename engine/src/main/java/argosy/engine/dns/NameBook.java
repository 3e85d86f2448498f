package argosy.engine.dns;

import argosy.engine.dns.NetworkNames.Named;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is called what in each network, now. Safe for any thread. */
public final class NameBook {
  private final Map<String, NetworkNames> networks = new ConcurrentHashMap<>();

  /** {@code network}: its id. An endpoint that is there already is called otherwise from now on. */
  public void enter(String network, Named named) {
    networks.compute(
        network, (_, names) -> (names == null ? NetworkNames.NONE : names).with(named));
  }

  /** Idempotent. */
  public void leave(String network, String endpoint) {
    networks.computeIfPresent(
        network,
        (_, names) -> {
          NetworkNames rest = names.without(endpoint);
          return rest.isEmpty() ? null : rest;
        });
  }

  NetworkNames of(String network) {
    return networks.getOrDefault(network, NetworkNames.NONE);
  }
}
