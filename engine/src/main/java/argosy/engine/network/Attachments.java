package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.Subnet;
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
import java.util.Optional;
import java.util.Set;

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
    hold(sandbox.ports());
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
    published.stream()
        .filter(Published::isTranslated)
        .forEach(each -> ports.release(Place.of(each)));
  }

  /** They are taken, whoever else has them. */
  void hold(Collection<Published> published) {
    published.stream().filter(Published::isTranslated).forEach(each -> ports.adopt(Place.of(each)));
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

  /** At the endpoints that lead out; a container that has none publishes nothing. */
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
          var addresses = HostAddresses.of(six -> gate(drafts, six), binding);
          addresses.check(binding, endpoint.network());
          for (Published each :
              publish(port, binding, binding.hostPort(), addresses, avoid, free)) {
            published.add(each);
            free.remove(Place.of(each));
            if (each.isTranslated() && PortAllocation.flexible(binding.hostPort())) {
              flexible.add(Place.of(each));
            }
          }
        }
      });
    } catch (RuntimeException e) {
      release(published.stream().filter(each -> !yielding.contains(Place.of(each))).toList());
      throw unpublished(endpoint, e);
    }
    return new Publication(published, flexible);
  }

  private List<Published> publish(
      Port port,
      Binding asked,
      String hostPort,
      HostAddresses addresses,
      Collection<Place> avoid,
      Set<Place> free) {
    var published = new ArrayList<Published>();
    if (!addresses.translated().isEmpty()) {
      ports
          .take(port.protocol(), addresses.translated(), hostPort, avoid, free)
          .forEach(place ->
              published.add(new Published(port, place.address().toString(), place.port(), asked)));
    }
    addresses
        .routed()
        .forEach(each -> published.add(new Published(port, each.toString(), 0, asked)));
    return published;
  }

  private static RuntimeException unpublished(Endpoint endpoint, RuntimeException e) {
    return e instanceof Refused refused && refused.failure() instanceof Failure.Internal(var why)
        ? new Refused(new Failure.Internal(unpublishedText(endpoint, why)), refused)
        : e;
  }

  /**
   * What is published of one that is in other networks from now on: what still leads to it stays as
   * it is, what is new gets the same port of the host.
   */
  List<Published> move(NetworkSpec spec, List<Published> now, Collection<Endpoint> drafts) {
    Endpoint endpoint = Gateways.of(drafts).orElse(null);
    if (endpoint == null) {
      return List.of();
    }
    var all = new ArrayList<Published>();
    var fresh = new ArrayList<Published>();
    try {
      for (var entry : Republication.entries(spec, now)) {
        var wanted = HostAddresses.of(six -> gate(drafts, six), entry.asked());
        var kept = entry.got().stream().filter(wanted::has).toList();
        var added =
            publish(
                entry.port(),
                entry.asked(),
                entry.hostPort(),
                wanted.without(kept),
                Set.of(),
                Set.of());
        all.addAll(kept);
        all.addAll(added);
        fresh.addAll(added);
      }
      return all;
    } catch (RuntimeException e) {
      release(fresh);
      throw unpublished(endpoint, e);
    }
  }

  private Optional<HostAddresses.Gate> gate(Collection<Endpoint> drafts, boolean six) {
    return Gateways.of(drafts, six)
        .map(endpoint -> new HostAddresses.Gate(table.find(endpoint.networkId()), endpoint));
  }
}
