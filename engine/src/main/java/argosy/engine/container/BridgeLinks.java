package argosy.engine.container;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.network.Endpoint;
import argosy.engine.network.Sandbox;
import argosy.engine.spec.Port;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code --link} on the default bridge, which has no name service: another container's address
 * under another name in {@code /etc/hosts}, its ports and settings as variables. On other networks
 * links are names of the name service. The variables' names are Docker's. Pure.
 */
record BridgeLinks(String container, List<Linked> linked) {
  private static final String BRIDGE = "bridge";

  /** Another container's settings that would be wrong in this one. */
  private static final Set<String> ITS_OWN = Set.of("PATH", "HOME");

  /** A running container on the bridge. */
  record Linked(String alias, String address, Container other) {}

  /** {@code find}: a container by its name or id; refuses one that is not there. */
  static BridgeLinks of(ContainerRecord record, Sandbox sandbox, Function<String, Container> find) {
    var linked = new ArrayList<Linked>();
    if (address(sandbox) != null) {
      for (String link : record.spec().network().names().links()) {
        int colon = link.indexOf(':');
        String target = colon < 0 ? link : link.substring(0, colon);
        linked.add(linked(record, find.apply(target), link.substring(colon + 1)));
      }
    }
    return new BridgeLinks(record.name(), linked);
  }

  private static Linked linked(ContainerRecord record, Container other, String alias) {
    var sandbox = other.sandbox();
    String address = sandbox == null ? null : address(sandbox);
    if (address == null) {
      throw new Refused(
          new Failure.Internal(
              "Cannot link to a non running container: /%s AS /%s/%s"
                  .formatted(other.name(), record.name(), alias)));
    }
    return new Linked(alias, address, other);
  }

  private static @Nullable String address(Sandbox sandbox) {
    return sandbox.endpoints().stream()
        .filter(endpoint -> endpoint.network().equals(BRIDGE))
        .map(Endpoint::ipv4)
        .findFirst()
        .orElse(null);
  }

  /** Lines of {@code /etc/hosts}. */
  List<String> hosts() {
    return linked.stream()
        .map(each -> {
          var other = each.other();
          String names = each.alias() + " " + other.spec().identity().hostname();
          return each.address()
              + "\t"
              + (each.alias().equals(other.name()) ? names : names + " " + other.name());
        })
        .toList();
  }

  /** Each {@code NAME=VALUE}. */
  List<String> variables() {
    var all = new ArrayList<String>();
    for (Linked each : linked) {
      String prefix = each.alias().toUpperCase(Locale.ROOT).replace('-', '_');
      ports(each, prefix, all);
      all.add("%s_NAME=/%s/%s".formatted(prefix, container, each.alias()));
      each.other().spec().process().env().stream()
          .filter(variable -> !ITS_OWN.contains(variable.split("=", 2)[0]))
          .forEach(variable -> all.add(prefix + "_ENV_" + variable));
    }
    return all;
  }

  private static void ports(Linked each, String prefix, List<String> all) {
    var ports =
        each.other().spec().network().exposed().stream()
            .sorted(Comparator.comparingInt(Port::number).thenComparing(Port::protocol))
            .toList();
    if (!ports.isEmpty()) {
      all.add(prefix + "_PORT=" + url(each, ports.getFirst()));
    }
    for (Port port : ports) {
      String name =
          "%s_PORT_%d_%s"
              .formatted(prefix, port.number(), port.protocol().toUpperCase(Locale.ROOT));
      all.add(name + "=" + url(each, port));
      all.add(name + "_ADDR=" + each.address());
      all.add(name + "_PORT=" + port.number());
      all.add(name + "_PROTO=" + port.protocol());
    }
  }

  private static String url(Linked each, Port port) {
    return "%s://%s:%d".formatted(port.protocol(), each.address(), port.number());
  }
}
