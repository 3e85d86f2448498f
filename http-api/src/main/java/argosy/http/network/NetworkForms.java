package argosy.http.network;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.text;
import static argosy.http.answer.OrEmpty.texts;

import argosy.engine.network.Endpoint;
import argosy.engine.network.NetworkRequest;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.network.NetworkRequest.Pool;
import argosy.http.answer.Refusal;
import argosy.http.answer.TimeText;
import argosy.http.version.ApiVersion;
import argosy.http.wire.Ipam;
import argosy.http.wire.NetworkCreate;
import argosy.http.wire.NetworkResource;
import argosy.http.wire.NetworkResource.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Networks between wire and engine. */
final class NetworkForms {
  private static final Set<String> BUILT_IN = Set.of("bridge", "host", "none");

  private NetworkForms() {}

  static NetworkRequest.Create create(NetworkCreate asked) {
    refuse(asked);
    var ipam = asked.ipam();
    return new NetworkRequest.Create(
        text(asked.name()),
        text(asked.driver()).isEmpty() ? "bridge" : text(asked.driver()),
        asked.internal(),
        asked.attachable(),
        Boolean.FALSE.equals(asked.enableIpv4()),
        Boolean.TRUE.equals(asked.enableIpv6()),
        ipam == null ? List.of() : pools(ipam),
        ipam == null ? Map.of() : texts(ipam.options()),
        texts(asked.options()),
        texts(asked.labels()),
        asked.configOnly(),
        asked.configFrom() == null ? "" : text(asked.configFrom().network()));
  }

  private static void refuse(NetworkCreate asked) {
    Refusal.when(text(asked.name()).isBlank(), "network name is required");
    Refusal.when(asked.ingress(), "Ingress network can only be global scope network");
    Refusal.when(
        !Set.of("", "local").contains(text(asked.scope())),
        "This node is not a swarm manager: networks here have scope local");
  }

  private static List<Pool> pools(Ipam ipam) {
    String driver = text(ipam.driver());
    Refusal.notYet(
        !driver.isEmpty() && !driver.equals("default"),
        "Argosy has no IPAM driver but \"default\", not \"" + driver + "\"");
    return list(ipam.config()).stream()
        .map(each ->
            new Pool(
                text(each.subnet()),
                text(each.ipRange()),
                text(each.gateway()),
                texts(each.auxiliaryAddresses())))
        .toList();
  }

  /** A list leaves the containers out. */
  static NetworkResource resource(Network network, boolean containers, ApiVersion version) {
    return new NetworkResource(
        network.name(),
        network.id(),
        TimeText.nanos(network.created()),
        "local",
        network.driver(),
        version.atLeast(48) ? !network.withoutIpv4() : null,
        network.ipv6(),
        new Ipam(
            "default",
            builtIn(network) ? null : network.ipamOptions(),
            network.pools().stream().map(NetworkForms::pool).toList()),
        network.internal(),
        network.attachable(),
        false,
        new NetworkCreate.ConfigFrom(network.configFrom()),
        network.configOnly(),
        containers ? members(network) : Map.of(),
        network.options(),
        network.labels());
  }

  private static boolean builtIn(Network network) {
    return BUILT_IN.contains(network.name());
  }

  private static Ipam.Pool pool(Pool pool) {
    return new Ipam.Pool(pool.subnet(), pool.range(), pool.gateway(), pool.auxiliary());
  }

  private static Map<String, Member> members(Network network) {
    var all = new TreeMap<String, Member>();
    network.endpoints().forEach((container, endpoint) -> all.put(container, member(endpoint)));
    return all;
  }

  private static Member member(Endpoint endpoint) {
    return new Member(
        endpoint.containerName(),
        endpoint.id(),
        endpoint.mac(),
        address(endpoint.ipv4(), endpoint.ipv4Prefix()),
        address(endpoint.ipv6(), endpoint.ipv6Prefix()));
  }

  private static String address(@Nullable String address, int prefix) {
    return text(address).isEmpty() ? "" : address + "/" + prefix;
  }
}
