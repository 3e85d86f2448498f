package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.map;
import static argosy.http.answer.OrEmpty.text;
import static argosy.http.answer.OrEmpty.texts;

import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import argosy.engine.spec.NetworkSpec.Names;
import argosy.engine.spec.Port;
import argosy.http.answer.Refusal;
import argosy.http.wire.EndpointSettings;
import argosy.http.wire.HostConfig;
import argosy.http.wire.HostConfig.PortBinding;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a container is on the network. */
public final class NetworkTranslation {
  private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp|sctp))?");
  private static final Pattern HOST_PORT = Pattern.compile("|(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final Pattern ADDRESS =
      Pattern.compile("|[0-9.]+|[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*");

  private NetworkTranslation() {}

  static NetworkSpec network(CreateBody body) {
    var host = body.host();
    var config = body.config();
    String mode = text(host.networkMode());
    return new NetworkSpec(
        mode.isEmpty() ? "default" : mode,
        endpoints(body.endpoints()),
        exposed(map(config.exposedPorts()).keySet()),
        bindings(map(host.portBindings())),
        host.publishAllPorts(),
        names(host),
        text(config.macAddress()),
        Boolean.TRUE.equals(config.networkDisabled()));
  }

  private static Map<String, EndpointSpec> endpoints(Map<String, EndpointSettings> asked) {
    var all = new LinkedHashMap<String, EndpointSpec>();
    asked.forEach((name, settings) -> all.put(name, endpoint(settings)));
    return all;
  }

  /** What is asked of one endpoint, at create or at connect. */
  public static EndpointSpec endpoint(@Nullable EndpointSettings asked) {
    if (asked == null) {
      return EndpointSpec.ANY;
    }
    var addresses = asked.ipamConfig();
    return new EndpointSpec(
        addresses == null ? "" : text(addresses.ipv4Address()),
        addresses == null ? "" : text(addresses.ipv6Address()),
        text(asked.macAddress()),
        list(asked.aliases()),
        list(asked.links()),
        texts(asked.driverOpts()),
        asked.gwPriority(),
        addresses == null ? List.of() : list(addresses.linkLocalIps()));
  }

  private static Set<Port> exposed(Set<String> keys) {
    var ports = new LinkedHashSet<Port>();
    keys.forEach(key -> ports.add(port(key)));
    return ports;
  }

  private static Port port(String key) {
    var match = PORT.matcher(key.toLowerCase(Locale.ROOT));
    Refusal.when(!match.matches(), "invalid port specification: \"" + key + "\"");
    int number = Integer.parseInt(match.group(1));
    Refusal.when(number < 1 || number > 65535, "invalid port specification: \"" + key + "\"");
    return new Port(number, match.group(2) == null ? "tcp" : match.group(2));
  }

  /** Docker's port map. */
  static Map<Port, List<Binding>> bindings(
      Map<String, ? extends @Nullable List<PortBinding>> asked) {
    var all = new LinkedHashMap<Port, List<Binding>>();
    asked.forEach((key, bindings) ->
        all.merge(
            port(key),
            list(bindings).stream().map(NetworkTranslation::binding).toList(),
            (one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
    return all;
  }

  private static Binding binding(PortBinding asked) {
    String address = text(asked.hostIp());
    String port = text(asked.hostPort());
    Refusal.when(!ADDRESS.matcher(address).matches(), "invalid IP address: \"" + address + "\"");
    Refusal.when(!isRange(port), "invalid port specification: \"" + port + "\"");
    return new Binding(address, port.equals("0") ? "" : port);
  }

  private static boolean isRange(String port) {
    var match = HOST_PORT.matcher(port);
    if (!match.matches()) {
      return false;
    }
    int first = match.group(1) == null ? 0 : Integer.parseInt(match.group(1));
    int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
    return first <= last && last <= 65535;
  }

  private static Names names(HostConfig host) {
    for (String entry : list(host.extraHosts())) {
      int colon = entry.indexOf(':');
      Refusal.when(
          colon < 1 || colon == entry.length() - 1, "bad format for add-host: \"" + entry + "\"");
    }
    for (String server : list(host.dns())) {
      Refusal.when(
          server.isEmpty() || !ADDRESS.matcher(server).matches(), "bad format for dns: " + server);
    }
    for (String link : list(host.links())) {
      Refusal.when(
          link.isEmpty() || link.chars().filter(each -> each == ':').count() > 1,
          "bad format for links: " + link);
    }
    return new Names(
        list(host.dns()),
        list(host.dnsOptions()),
        list(host.dnsSearch()),
        list(host.extraHosts()),
        list(host.links()));
  }
}
