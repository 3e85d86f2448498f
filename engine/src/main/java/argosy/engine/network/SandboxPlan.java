package argosy.engine.network;

import argosy.engine.netlink.Forward;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.Wiring;
import argosy.engine.netlink.Wiring.Wired;
import argosy.engine.network.PortAllocation.Place;
import argosy.engine.network.Sandbox.Published;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sandbox that has its addresses and ports and is still to be built.
 *
 * @param flexible the places for which another one would do
 */
record SandboxPlan(Sandbox sandbox, List<Plug> plugs, boolean isolated, Set<Place> flexible) {
  SandboxPlan {
    plugs = List.copyOf(plugs);
    flexible = Set.copyOf(flexible);
  }

  List<Forward> forwards() {
    return forwards(sandbox);
  }

  /** What the kernel has of a sandbox, told from the sandbox alone. */
  static Wired wired(Sandbox sandbox) {
    var links =
        sandbox.endpoints().stream()
            .filter(Endpoint::isWired)
            .map(endpoint -> Wiring.link(sandbox.path(), endpoint.number()))
            .toList();
    return new Wired(sandbox.path(), links, forwards(sandbox));
  }

  /** Published ports lead to the endpoints that lead out, each in its own family. */
  static List<Forward> forwards(Sandbox sandbox) {
    return sandbox.ports().stream()
        .flatMap(each -> forward(each, sandbox.endpoints()).stream())
        .toList();
  }

  private static Optional<Forward> forward(Published published, List<Endpoint> endpoints) {
    Ip host = Ip.parse(published.hostIp());
    return Gateways.of(endpoints, host.six())
        .map(endpoint -> host.six() ? endpoint.ipv6() : endpoint.ipv4())
        .map(address ->
            new Forward(
                published.port().protocol(),
                host,
                published.hostPort(),
                Ip.parse(address),
                published.port().number()));
  }
}
