package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Bridge;
import argosy.engine.netlink.Cidr;
import argosy.engine.netlink.Plug;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.PortAllocation.Place;
import argosy.engine.network.Sandbox.Published;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Plans a container's sandbox: which networks, which addresses, which ports. What a plan takes
 * stays taken until it is released. Decides, touches nothing.
 */
final class Attachments {
  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}");

  private final NetworkTable table;
  private final PortAllocation ports;
  private final RandomGenerator chance;

  Attachments(NetworkTable table, PortAllocation ports, RandomGenerator chance) {
    this.table = table;
    this.ports = ports;
    this.chance = chance;
  }

  /** Refuses with Docker's text, holding nothing; {@code avoid}: places the host could not give. */
  SandboxPlan plan(Attachment.Join join, Collection<Place> avoid) {
    var endpoints = new ArrayList<Endpoint>();
    var published = new ArrayList<Published>();
    var flexible = new HashSet<Place>();
    try {
      networks(join.spec())
          .forEach(
              (network, asked) -> endpoints.add(endpoint(join, network, asked, endpoints.size())));
      if (BridgeOptions.isBridge(network(endpoints.getFirst()))) {
        publish(join.spec(), endpoints.getFirst(), avoid, published, flexible);
      }
      return new SandboxPlan(
          new Sandbox(join.container(), "", endpoints, published, List.of()),
          endpoints.stream()
              .filter(endpoint -> !endpoint.ipv4().isEmpty())
              .map(this::plug)
              .toList(),
          !network(endpoints.getFirst()).driver().equals("host"),
          flexible);
    } catch (RuntimeException e) {
      published.forEach(place -> ports.release(SandboxPlan.place(place)));
      endpoints.forEach(this::releaseLease);
      throw e;
    }
  }

  /** What an earlier daemon gave to a sandbox that still runs; answers what it could not have. */
  List<String> adopt(Sandbox sandbox) {
    var lost = new ArrayList<String>();
    sandbox.ports().forEach(published -> ports.adopt(SandboxPlan.place(published)));
    for (Endpoint endpoint : sandbox.endpoints()) {
      if (!endpoint.ipv4().isEmpty()) {
        try {
          table
              .leases(endpoint.networkId())
              .orElseThrow(() ->
                  new Refused(new Failure.NotFound("network " + endpoint.network() + " not found")))
              .take(endpoint.id(), Cidr.address(endpoint.ipv4()));
        } catch (Refused refused) {
          lost.add(endpoint.ipv4() + ": " + refused.getMessage());
        }
      }
    }
    return List.copyOf(lost);
  }

  void releasePorts(Sandbox sandbox) {
    sandbox.ports().forEach(published -> ports.release(SandboxPlan.place(published)));
  }

  void releaseLeases(Sandbox sandbox) {
    sandbox.endpoints().forEach(this::releaseLease);
  }

  /** Docker's words around a port that could not be given. */
  static Failure unpublished(Endpoint endpoint, String why) {
    return new Failure.Internal(
        "failed to set up container networking: driver failed programming external connectivity on"
            + " endpoint %s (%s): %s".formatted(endpoint.containerName(), endpoint.id(), why));
  }

  private void releaseLease(Endpoint endpoint) {
    if (!endpoint.ipv4().isEmpty()) {
      table
          .leases(endpoint.networkId())
          .ifPresent(leases -> leases.release(endpoint.id(), Cidr.address(endpoint.ipv4())));
    }
  }

  /** The mode's network first, then the others that were asked for, by name. */
  private Map<Network, EndpointSpec> networks(NetworkSpec spec) {
    Network first = table.find(spec.disabled() ? "none" : mode(spec.mode()));
    var others = new TreeMap<Network, EndpointSpec>(Comparator.comparing(Network::name));
    spec.endpoints().forEach((reference, asked) -> others.put(table.find(mode(reference)), asked));
    var all = new LinkedHashMap<Network, EndpointSpec>();
    EndpointSpec asked = others.remove(first);
    all.put(first, withMac(asked == null ? EndpointSpec.ANY : asked, spec.macAddress()));
    if (BridgeOptions.isBridge(first)) {
      all.putAll(others);
    }
    return all;
  }

  static String mode(String mode) {
    return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
  }

  private static EndpointSpec withMac(EndpointSpec asked, String mac) {
    return asked.macAddress().isEmpty() && !mac.isEmpty()
        ? new EndpointSpec(
            asked.ipv4Address(),
            asked.ipv6Address(),
            mac,
            asked.aliases(),
            asked.links(),
            asked.driverOptions())
        : asked;
  }

  private Endpoint endpoint(Attachment.Join join, Network network, EndpointSpec asked, int number) {
    String id = NetworkDraft.id(chance);
    if (!BridgeOptions.isBridge(network)) {
      return endpoint(join, network, asked, id, "", "", 0, "", "");
    }
    String wantedMac = asked.macAddress().isEmpty() ? "" : mac(asked.macAddress());
    int address = lease(network, id, asked.ipv4Address());
    return endpoint(
        join,
        network,
        asked,
        id,
        "eth" + number,
        Cidr.text(address),
        BridgeOptions.subnet(network).length(),
        network.internal() ? "" : network.pools().getFirst().gateway(),
        wantedMac.isEmpty() ? Plug.mac(address) : wantedMac);
  }

  private static String mac(String text) {
    if (!MAC.matcher(text).matches()) {
      throw new Refused(new Failure.Invalid("invalid MAC address: " + text));
    }
    return text.replace('-', ':').toLowerCase(Locale.ROOT);
  }

  private int lease(Network network, String id, String wanted) {
    Leases leases = table.leases(network.id()).orElseThrow();
    if (wanted.isEmpty()) {
      return leases.take(id);
    }
    if (BridgeOptions.isDefault(network)) {
      throw new Refused(
          new Failure.Invalid(
              "user specified IP address is supported only when connecting to networks with user"
                  + " configured subnets"));
    }
    try {
      return leases.take(id, Cidr.address(wanted));
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid(String.valueOf(e.getMessage())), e);
    }
  }

  private static Endpoint endpoint(
      Attachment.Join join,
      Network network,
      EndpointSpec asked,
      String id,
      String interfaceName,
      String ipv4,
      int prefix,
      String gateway,
      String mac) {
    return new Endpoint(
        id,
        network.name(),
        network.id(),
        join.container(),
        join.name(),
        interfaceName,
        mac,
        ipv4,
        prefix,
        gateway,
        "",
        0,
        "",
        asked,
        dnsNames(join, network, asked));
  }

  /** Docker resolves names in networks that users made, not in the default one. */
  private static List<String> dnsNames(Attachment.Join join, Network network, EndpointSpec asked) {
    if (!BridgeOptions.isBridge(network) || BridgeOptions.isDefault(network)) {
      return List.of();
    }
    var names = new ArrayList<String>();
    names.add(join.name());
    names.addAll(asked.aliases());
    names.add(join.container().substring(0, Math.min(12, join.container().length())));
    names.add(join.hostname());
    return names.stream().filter(name -> !name.isEmpty()).distinct().toList();
  }

  private void publish(
      NetworkSpec spec,
      Endpoint endpoint,
      Collection<Place> avoid,
      List<Published> published,
      Set<Place> flexible) {
    try {
      Bindings.of(spec)
          .forEach((port, bindings) -> {
            for (Binding binding : bindings) {
              Place place =
                  ports.take(
                      port.protocol(),
                      hostAddress(endpoint, binding.hostIp()),
                      binding.hostPort(),
                      avoid);
              published.add(new Published(port, Cidr.text(place.address()), place.port()));
              if (PortAllocation.flexible(binding.hostPort())) {
                flexible.add(place);
              }
            }
          });
    } catch (Refused refused) {
      throw refused.failure() instanceof Failure.Internal
          ? new Refused(unpublished(endpoint, refused.failure().message()), refused)
          : refused;
    }
  }

  private int hostAddress(Endpoint endpoint, String asked) {
    String address =
        asked.isEmpty()
            ? network(endpoint).options().getOrDefault(BridgeOptions.HOST_BINDING, "0.0.0.0")
            : asked;
    if (address.contains(":")) {
      throw new Refused(
          new Failure.NotImplemented(
              "Argosy does not publish ports on IPv6 addresses yet: " + address));
    }
    try {
      return Cidr.address(address);
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("invalid IP address: " + address), e);
    }
  }

  private Plug plug(Endpoint endpoint) {
    Bridge bridge = BridgeOptions.bridge(network(endpoint));
    return new Plug(
        bridge.name(),
        endpoint.interfaceName(),
        endpoint.mac(),
        new Cidr(Cidr.address(endpoint.ipv4()), endpoint.ipv4Prefix()),
        endpoint.interfaceName().equals("eth0") && !endpoint.gateway().isEmpty()
            ? Cidr.address(endpoint.gateway())
            : 0,
        bridge.mtu());
  }

  private Network network(Endpoint endpoint) {
    return table.find(endpoint.networkId());
  }
}
