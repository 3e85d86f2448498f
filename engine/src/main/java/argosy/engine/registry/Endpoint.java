package argosy.engine.registry;

import java.net.URI;

/**
 * Where a registry's API begins.
 *
 * @param base scheme, host, port, and what a mirror has in front of {@code /v2/}
 * @param verified whether its TLS certificate has to be good
 */
public record Endpoint(URI base, boolean verified) {
  /** {@code path}: what follows {@code /v2/}. */
  URI resolve(String path) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text : text + "/") + "v2/" + path);
  }
}
