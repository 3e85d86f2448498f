package argosy.engine.network;

import argosy.engine.spec.Port;
import java.util.List;

/**
 * A running container's network: its namespace, its endpoints, its published ports.
 *
 * @param path the namespace's file, "" for host networking
 * @param resolvConf the lines of its {@code /etc/resolv.conf}
 */
public record Sandbox(
    String container,
    String path,
    List<Endpoint> endpoints,
    List<Published> ports,
    List<String> resolvConf) {
  public Sandbox {
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
    resolvConf = List.copyOf(resolvConf);
  }

  /** A container's port on one of the host's addresses. */
  public record Published(Port port, String hostIp, int hostPort) {}
}
