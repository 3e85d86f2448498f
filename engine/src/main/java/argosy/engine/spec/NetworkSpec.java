package argosy.engine.spec;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the container is on the network.
 *
 * @param mode "default", "bridge", "host", "none", "container:ID", or a network's name or id
 * @param endpoints options for each network, by name or id; when there are none, the mode's network
 *     is the only one
 * @param bindings published ports; an empty list of bindings means a random port
 */
public record NetworkSpec(
    String mode,
    Map<String, EndpointSpec> endpoints,
    Set<Port> exposed,
    Map<Port, List<Binding>> bindings,
    boolean publishAll,
    Names names,
    String macAddress,
    boolean disabled) {
  public NetworkSpec {
    endpoints = Map.copyOf(endpoints);
    exposed = Set.copyOf(exposed);
    bindings = Map.copyOf(bindings);
  }

  /** The same with these options for each network. */
  public NetworkSpec on(Map<String, EndpointSpec> others) {
    return new NetworkSpec(
        mode, others, exposed, bindings, publishAll, names, macAddress, disabled);
  }

  /** The same with exactly these ports published. */
  public NetworkSpec publishing(Map<Port, List<Binding>> others) {
    return new NetworkSpec(mode, endpoints, exposed, others, false, names, macAddress, disabled);
  }

  /** {@code hostPort} "" is random, "8000-8010" a range. */
  public record Binding(String hostIp, String hostPort) {}

  /** {@code --dns*}, {@code --add-host}, {@code --link}. */
  public record Names(
      List<String> dns,
      List<String> dnsOptions,
      List<String> dnsSearch,
      List<String> extraHosts,
      List<String> links) {
    public static final Names NONE =
        new Names(List.of(), List.of(), List.of(), List.of(), List.of());

    public Names {
      dns = List.copyOf(dns);
      dnsOptions = List.copyOf(dnsOptions);
      dnsSearch = List.copyOf(dnsSearch);
      extraHosts = List.copyOf(extraHosts);
      links = List.copyOf(links);
    }
  }

  /**
   * What was asked of one endpoint; "" is the engine's choice.
   *
   * @param gatewayPriority the endpoint with the highest leads out of the container
   * @param linkLocal further addresses of its interface, of 169.254.0.0/16 or fe80::/10
   */
  public record EndpointSpec(
      String ipv4Address,
      String ipv6Address,
      String macAddress,
      List<String> aliases,
      List<String> links,
      Map<String, String> driverOptions,
      int gatewayPriority,
      List<String> linkLocal) {
    public static final EndpointSpec ANY =
        new EndpointSpec("", "", "", List.of(), List.of(), Map.of(), 0);

    public EndpointSpec {
      aliases = List.copyOf(aliases);
      links = List.copyOf(links);
      driverOptions = Map.copyOf(driverOptions);
      linkLocal = linkLocal == null ? List.of() : List.copyOf(linkLocal);
    }

    /** Without further addresses. */
    public EndpointSpec(
        String ipv4Address,
        String ipv6Address,
        String macAddress,
        List<String> aliases,
        List<String> links,
        Map<String, String> driverOptions,
        int gatewayPriority) {
      this(
          ipv4Address,
          ipv6Address,
          macAddress,
          aliases,
          links,
          driverOptions,
          gatewayPriority,
          List.of());
    }

    /** The same with that hardware address. */
    public EndpointSpec at(String mac) {
      return new EndpointSpec(
          ipv4Address, ipv6Address, mac, aliases, links, driverOptions, gatewayPriority, linkLocal);
    }
  }
}
