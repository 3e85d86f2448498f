package argosy.engine.network;

import argosy.engine.netlink.Cidr;
import argosy.engine.netlink.Forward;
import argosy.engine.netlink.Plug;
import argosy.engine.netlink.Wiring;
import argosy.engine.netlink.Wiring.Wired;
import argosy.engine.network.PortAllocation.Place;
import argosy.engine.network.Sandbox.Published;
import java.util.List;
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

  Sandbox built(String path, List<String> resolvConf) {
    return new Sandbox(
        sandbox.container(),
        path,
        sandbox.endpoints(),
        sandbox.ports(),
        resolvConf,
        false,
        sandbox.servers());
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

  static Place place(Published published) {
    return new Place(
        published.port().protocol(), Cidr.address(published.hostIp()), published.hostPort());
  }

  static Place place(Forward forward) {
    return new Place(forward.protocol(), forward.hostAddress(), forward.hostPort());
  }

  /** Published ports lead to the endpoint that leads out. */
  static List<Forward> forwards(Sandbox sandbox) {
    return Gateways.of(sandbox.endpoints())
        .map(endpoint -> forwards(sandbox, Cidr.address(endpoint.ipv4())))
        .orElse(List.of());
  }

  private static List<Forward> forwards(Sandbox sandbox, int address) {
    return sandbox.ports().stream()
        .map(published ->
            new Forward(
                published.port().protocol(),
                Cidr.address(published.hostIp()),
                published.hostPort(),
                address,
                published.port().number()))
        .toList();
  }
}
