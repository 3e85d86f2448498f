package argosy.engine.network;

import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running container's network: its namespace, its endpoints, its published ports.
 *
 * @param path the namespace's file, "" for host networking
 * @param resolvConf the lines of its {@code /etc/resolv.conf}
 * @param shared it is another container's, which alone owns the namespace
 * @param servers the name servers the user named; when there are none, the host's are asked
 */
public record Sandbox(
    String container,
    String path,
    List<Endpoint> endpoints,
    List<Published> ports,
    List<String> resolvConf,
    boolean shared,
    List<String> servers) {
  public Sandbox {
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
    resolvConf = List.copyOf(resolvConf);
    servers = servers == null ? List.of() : List.copyOf(servers);
  }

  /** A sandbox of one's own that asks the host's name servers. */
  public Sandbox(
      String container,
      String path,
      List<Endpoint> endpoints,
      List<Published> ports,
      List<String> resolvConf) {
    this(container, path, endpoints, ports, resolvConf, false, List.of());
  }

  /** The same in the namespace of that file. */
  Sandbox at(String file, List<String> lines) {
    return new Sandbox(container, file, endpoints, ports, lines, shared, servers);
  }

  /** The same with another {@code /etc/resolv.conf}. */
  Sandbox resolving(List<String> lines) {
    return new Sandbox(container, path, endpoints, ports, lines, shared, servers);
  }

  /** The same with other endpoints and published ports. */
  Sandbox with(List<Endpoint> others, List<Published> published) {
    return new Sandbox(container, path, others, published, resolvConf, shared, servers);
  }

  /**
   * A container's port on one of the host's addresses.
   *
   * @param hostPort 0 where nothing is translated: it is reached at the container's own address
   * @param asked what of the container's bindings it is; null in records of older daemons
   */
  public record Published(Port port, String hostIp, int hostPort, @Nullable Binding asked) {
    public Published(Port port, String hostIp, int hostPort) {
      this(port, hostIp, hostPort, null);
    }

    /** True when a port of the host leads to it. */
    public boolean isTranslated() {
      return hostPort != 0;
    }

    /** What was asked for, or would have given the same. */
    Binding binding() {
      return asked == null ? new Binding(hostIp, Integer.toString(hostPort)) : asked;
    }
  }
}
