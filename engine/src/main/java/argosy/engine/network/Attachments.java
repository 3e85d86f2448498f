package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.Subnet;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.PortAllocation.Place;
import argosy.engine.network.Sandbox.Published;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans a container's sandbox: which networks, which addresses, which ports. What a plan takes
 * stays taken until it is released. Decides, touches nothing.
 */
final class Attachments {
  private final NetworkTable table;
  private final PortAllocation ports;
  private final Endpoints endpoints;

  Attachments(NetworkTable table, PortAllocation ports, Endpoints endpoints) {
    this.table = table;
    this.ports = ports;
    this.endpoints = endpoints;
  }

  /** Refuses with Docker's text, holding nothing; {@code avoid}: places the host could not give. */
  SandboxPlan plan(Attachment.Join join, Collection<Place> avoid) {
    var guest = new Guest(join.container(), join.name(), join.hostname());
    var drafts = new ArrayList<Endpoint>();
    try {
      Membership.networks(table, join.spec())
          .forEach((network, asked) -> drafts.add(endpoints.draft(guest, network, asked, drafts)));
      Publication published = publish(join.spec(), drafts, avoid);
      return new SandboxPlan(
          new Sandbox(
              join.container(),
              "",
              drafts,
              published.ports(),
              List.of(),
              false,
              join.spec().names().dns()),
          plugs(drafts),
          drafts.isEmpty() || !table.find(drafts.getFirst().networkId()).driver().equals("host"),
          published.flexible());
    } catch (RuntimeException e) {
      drafts.forEach(endpoints::forgo);
      throw e;
    }
  }

  /** What leads into the networks that are there. */
  List<Plug> plugs(List<Endpoint> drafts) {
    return drafts.stream()
        .filter(each -> each.isWired() && table.withId(each.networkId()).isPresent())
        .map(each -> endpoints.plug(each, Gateways.through(each, drafts)))
        .toList();
  }

  /** What an earlier daemon gave to a sandbox that still runs; answers what it could not have. */
  List<String> adopt(Sandbox sandbox) {
    var lost = new ArrayList<String>();
    sandbox.ports().forEach(published -> ports.adopt(SandboxPlan.place(published)));
    for (Endpoint endpoint : sandbox.endpoints()) {
      for (Subnet address : endpoint.addresses()) {
        try {
          table
              .leases(endpoint.networkId())
              .orElseThrow(() ->
                  new Refused(new Failure.NotFound("network " + endpoint.network() + " not found")))
              .take(endpoint.id(), address.address());
        } catch (Refused refused) {
          lost.add(address + ": " + refused.getMessage());
        }
      }
    }
    return List.copyOf(lost);
  }

  void releasePorts(Sandbox sandbox) {
    release(sandbox.ports());
  }

  void releaseLeases(Sandbox sandbox) {
    sandbox.endpoints().forEach(endpoints::release);
  }

  /** Of a sandbox that never was. */
  void forgoLeases(Sandbox sandbox) {
    sandbox.endpoints().forEach(endpoints::forgo);
  }

  /** Idempotent. */
  void release(Collection<Published> published) {
    published.forEach(each -> ports.release(SandboxPlan.place(each)));
  }

  /** They are taken, whoever else has them. */
  void hold(Collection<Published> published) {
    published.forEach(each -> ports.adopt(SandboxPlan.place(each)));
  }

  /** Docker's words around a port that could not be given to a container that starts. */
  static Failure unpublished(Endpoint endpoint, String why) {
    return new Failure.Internal(
        "failed to set up container networking: " + unpublishedText(endpoint, why));
  }

  /** Docker's words around a port that could not be given. */
  static String unpublishedText(Endpoint endpoint, String why) {
    return "driver failed programming external connectivity on endpoint %s (%s): %s"
        .formatted(endpoint.containerName(), endpoint.id(), why);
  }

  /** What is published, and the places for which another one would do. */
  record Publication(List<Published> ports, Set<Place> flexible) {}

  /** At the endpoint that leads out; a container that has none publishes nothing. */
  Publication publish(NetworkSpec spec, Collection<Endpoint> drafts, Collection<Place> avoid) {
    try {
      return publish(Bindings.of(spec), drafts, avoid, Set.of());
    } catch (Refused refused) {
      throw refused.failure() instanceof Failure.Internal(var text)
          ? new Refused(
              new Failure.Internal("failed to set up container networking: " + text), refused)
          : refused;
    }
  }

  /** The same of these ports alone; {@code yielding}: places whose owner gives them up for it. */
  Publication publish(
      Map<Port, List<Binding>> asked,
      Collection<Endpoint> drafts,
      Collection<Place> avoid,
      Set<Place> yielding) {
    var published = new ArrayList<Published>();
    var flexible = new HashSet<Place>();
    var free = new HashSet<>(yielding);
    Endpoint endpoint = Gateways.of(drafts).orElse(null);
    if (endpoint == null) {
      return new Publication(published, flexible);
    }
    try {
      asked.forEach((port, bindings) -> {
        for (Binding binding : bindings) {
          String wanted = binding.hostPort();
          var addresses = hostAddresses(endpoint, binding.hostIp());
          for (Place place : ports.take(port.protocol(), addresses, wanted, avoid, free)) {
            free.remove(place);
            published.add(new Published(port, place.address().toString(), place.port(), binding));
            if (PortAllocation.flexible(wanted)) {
              flexible.add(place);
            }
          }
        }
      });
    } catch (RuntimeException e) {
      release(published.stream().filter(each -> !yielding.contains(place(each))).toList());
      throw e instanceof Refused refused && refused.failure() instanceof Failure.Internal(var why)
          ? new Refused(new Failure.Internal(unpublishedText(endpoint, why)), refused)
          : e;
    }
    return new Publication(published, flexible);
  }

  private static Place place(Published published) {
    return SandboxPlan.place(published);
  }

  /** Those that can lead to the endpoint: packets are not translated between the families. */
  private List<Ip> hostAddresses(Endpoint endpoint, String asked) {
    String text =
        asked.isEmpty()
            ? network(endpoint).options().getOrDefault(BridgeOptions.HOST_BINDING, "")
            : asked;
    if (text.isEmpty() || asked.isEmpty() && text.equals("0.0.0.0")) {
      return Stream.of(
              endpoint.ipv4().isEmpty() ? "" : "0.0.0.0", endpoint.ipv6().isEmpty() ? "" : "::")
          .filter(each -> !each.isEmpty())
          .map(Ip::parse)
          .toList();
    }
    Ip address;
    try {
      address = Ip.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(new Failure.Invalid("invalid IP address: " + text), e);
    }
    if (address.six() && address.inet().isLoopbackAddress()) {
      throw new Refused(
          new Failure.Invalid(
              "port can not be published on ::1: the kernel leads nothing out of the IPv6 loopback;"
                  + " use 127.0.0.1 or another address of the host"));
    }
    if ((address.six() ? endpoint.ipv6() : endpoint.ipv4()).isEmpty()) {
      throw new Refused(
          new Failure.Invalid(
              "port can not be published on %s: the container has no %s address in network %s,"
                      .formatted(address, address.six() ? "IPv6" : "IPv4", endpoint.network())
                  + " and Argosy does not translate between IPv4 and IPv6"));
    }
    return List.of(address);
  }

  private Network network(Endpoint endpoint) {
    return table.find(endpoint.networkId());
  }
}
