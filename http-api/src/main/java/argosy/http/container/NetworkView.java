package argosy.http.container;

import argosy.engine.container.Container;
import argosy.engine.network.Endpoint;
import argosy.engine.network.Sandbox;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.Port;
import argosy.http.answer.OrEmpty;
import argosy.http.version.ApiVersion;
import argosy.http.wire.ContainerRow.PortRow;
import argosy.http.wire.EndpointSettings;
import argosy.http.wire.EndpointSettings.IpamConfig;
import argosy.http.wire.HostConfig.PortBinding;
import argosy.http.wire.NetworkSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a container is on the networks, or would be if it ran. */
final class NetworkView {
  private NetworkView() {}

  /** By network name. */
  static Map<String, EndpointSettings> networks(
      Container container, ApiVersion version, NetworkIds ids) {
    var all = new TreeMap<String, EndpointSettings>();
    var sandbox = container.sandbox();
    if (sandbox != null) {
      sandbox.endpoints().forEach(each -> all.put(each.network(), running(each, version)));
      return all;
    }
    var network = container.spec().network();
    network
        .endpoints()
        .forEach(
            (name, asked) -> all.put(canonical(name), resting(asked, ids.of(canonical(name)))));
    if (!network.mode().startsWith("container:") && all.isEmpty()) {
      String name = canonical(network.mode());
      all.put(name, resting(EndpointSpec.ANY, ids.of(name)));
    }
    return all;
  }

  private static String canonical(String network) {
    return network.equals("default") ? "bridge" : network;
  }

  private static EndpointSettings resting(EndpointSpec asked, String networkId) {
    return new EndpointSettings(
        ipam(asked),
        nullIfEmpty(asked.links()),
        nullIfEmpty(asked.aliases()),
        asked.macAddress(),
        asked.driverOptions().isEmpty() ? null : asked.driverOptions(),
        asked.gatewayPriority(),
        networkId,
        "",
        "",
        "",
        0,
        "",
        "",
        0,
        null);
  }

  private static EndpointSettings running(Endpoint endpoint, ApiVersion version) {
    var asked = endpoint.asked();
    return new EndpointSettings(
        ipam(asked),
        nullIfEmpty(asked.links()),
        nullIfEmpty(aliases(endpoint, version)),
        endpoint.mac(),
        asked.driverOptions().isEmpty() ? null : asked.driverOptions(),
        asked.gatewayPriority(),
        endpoint.networkId(),
        endpoint.id(),
        endpoint.gateway(),
        endpoint.ipv4(),
        endpoint.ipv4Prefix(),
        endpoint.ipv6Gateway(),
        endpoint.ipv6(),
        endpoint.ipv6Prefix(),
        nullIfEmpty(endpoint.dnsNames()));
  }

  /** Until 1.44 the short id stood among the aliases, except on the default bridge. */
  private static List<String> aliases(Endpoint endpoint, ApiVersion version) {
    var aliases = new ArrayList<>(endpoint.asked().aliases());
    boolean userDefined = !List.of("bridge", "host", "none").contains(endpoint.network());
    if (!version.atLeast(45) && userDefined) {
      aliases.add(endpoint.container().substring(0, Math.min(12, endpoint.container().length())));
    }
    return aliases;
  }

  private static @Nullable IpamConfig ipam(EndpointSpec asked) {
    return asked.ipv4Address().isEmpty()
            && asked.ipv6Address().isEmpty()
            && asked.linkLocal().isEmpty()
        ? null
        : new IpamConfig(asked.ipv4Address(), asked.ipv6Address(), nullIfEmpty(asked.linkLocal()));
  }

  private static @Nullable List<String> nullIfEmpty(List<String> list) {
    return list.isEmpty() ? null : list;
  }

  /** {@code NetworkSettings} of an inspect. */
  static NetworkSettings settings(Container container, ApiVersion version, NetworkIds ids) {
    var networks = networks(container, version, ids);
    var bridge = networks.getOrDefault("bridge", resting(EndpointSpec.ANY, ""));
    var sandbox = container.sandbox();
    String key = sandbox == null ? "" : sandbox.path();
    return new NetworkSettings(
        "",
        key.substring(key.lastIndexOf('/') + 1),
        key,
        sandbox == null ? Map.of() : ports(container, sandbox),
        false,
        "",
        0,
        null,
        null,
        text(bridge.endpointId()),
        text(bridge.gateway()),
        text(bridge.globalIpv6Address()),
        bridge.globalIpv6PrefixLen(),
        text(bridge.ipAddress()),
        bridge.ipPrefixLen(),
        text(bridge.ipv6Gateway()),
        text(bridge.macAddress()),
        networks);
  }

  private static String text(@Nullable String value) {
    return OrEmpty.text(value);
  }

  private static Map<String, @Nullable List<PortBinding>> ports(
      Container container, Sandbox sandbox) {
    var all = new TreeMap<String, @Nullable List<PortBinding>>();
    exposed(container, sandbox).forEach(port -> all.put(port.toString(), null));
    all.putAll(published(sandbox.ports()));
    return all;
  }

  /** Docker's port map. */
  static Map<String, @Nullable List<PortBinding>> published(List<Sandbox.Published> ports) {
    var all = new TreeMap<String, @Nullable List<PortBinding>>();
    for (var published : ports) {
      var bindings = all.get(published.port().toString());
      var longer = new ArrayList<PortBinding>(bindings == null ? List.of() : bindings);
      longer.add(new PortBinding(hostIp(published), hostPort(published)));
      all.put(published.port().toString(), longer);
    }
    return all;
  }

  /** None where nothing is forwarded: on the host's network, on none, on another container's. */
  private static Set<Port> exposed(Container container, Sandbox sandbox) {
    boolean forwards =
        !sandbox.shared()
            && sandbox.endpoints().stream()
                .anyMatch(end -> !Set.of("host", "none").contains(end.network()));
    return forwards ? container.spec().network().exposed() : Set.of();
  }

  /** Docker's way to say that it is reached at the container's own address. */
  private static String hostPort(Sandbox.Published published) {
    return published.isTranslated() ? Integer.toString(published.hostPort()) : "";
  }

  private static String hostIp(Sandbox.Published published) {
    return published.hostIp().isEmpty() ? "0.0.0.0" : published.hostIp();
  }

  /** {@code Ports} of a list row: published ones and those only exposed. */
  static List<PortRow> portRows(Container container) {
    var sandbox = container.sandbox();
    if (sandbox == null) {
      return List.of();
    }
    var rows = new ArrayList<PortRow>();
    var translated = sandbox.ports().stream().filter(Sandbox.Published::isTranslated).toList();
    for (var published : translated) {
      var port = published.port();
      rows.add(
          new PortRow(hostIp(published), port.number(), published.hostPort(), port.protocol()));
    }
    var taken = translated.stream().map(Sandbox.Published::port).toList();
    Stream.concat(
            sandbox.ports().stream().map(Sandbox.Published::port),
            exposed(container, sandbox).stream())
        .distinct()
        .filter(port -> !taken.contains(port))
        .sorted(Comparator.comparing(Object::toString))
        .forEach(port -> rows.add(new PortRow(null, port.number(), null, port.protocol())));
    return rows;
  }
}
