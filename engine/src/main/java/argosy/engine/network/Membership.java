package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.spec.NetworkSpec;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which networks a container is to be in, and what a connect or disconnect makes of it. Pure. */
final class Membership {
  private Membership() {}

  /** The mode's network first, then the others by name; refuses one that is not there. */
  static Map<Network, EndpointSpec> networks(NetworkTable table, NetworkSpec spec) {
    Network first = table.find(spec.disabled() ? "none" : mode(spec.mode()));
    var others = new TreeMap<Network, EndpointSpec>(Comparator.comparing(Network::name));
    spec.endpoints().forEach((reference, asked) -> others.put(table.find(mode(reference)), asked));
    var all = new LinkedHashMap<Network, EndpointSpec>();
    EndpointSpec asked = others.remove(first);
    if (asked != null || others.isEmpty() || !BridgeOptions.isBridge(first)) {
      all.put(first, withMac(asked == null ? EndpointSpec.ANY : asked, spec.macAddress()));
    }
    if (BridgeOptions.isBridge(first)) {
      all.putAll(others);
    }
    return all;
  }

  /** The network that a mode or a reference means. */
  static String mode(String mode) {
    return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
  }

  /** What it asks for when it is in that network too; refuses with Docker's text. */
  static NetworkSpec with(
      NetworkTable table, NetworkSpec spec, Network network, EndpointSpec asked) {
    checkMode(spec);
    check(network);
    if (BridgeOptions.isDefault(network)) {
      checkDefault(asked);
    }
    if (spec.disabled() || spec.mode().equals("none") || network.driver().equals("null")) {
      throw invalid(
          "container cannot be connected to multiple networks with one of the networks in private"
              + " (none) mode");
    }
    var all = explicit(table, spec);
    all.put(network.name(), asked);
    return spec.on(all);
  }

  /** What it asks for when it is no longer in that network; refuses with Docker's text. */
  static NetworkSpec without(NetworkTable table, Guest guest, NetworkSpec spec, Network network) {
    check(network);
    var all = explicit(table, spec);
    if (all.remove(network.name()) == null) {
      throw new Refused(
          new Failure.Internal(
              "container %s is not connected to the network %s"
                  .formatted(guest.container(), network.name())));
    }
    return spec.on(all);
  }

  /** By the networks' names, the mode's among them if it is meant. */
  private static Map<String, EndpointSpec> explicit(NetworkTable table, NetworkSpec spec) {
    var all = new LinkedHashMap<String, EndpointSpec>();
    if (!spec.mode().startsWith("container:")) {
      networks(table, spec).forEach((network, asked) -> all.put(network.name(), asked));
    }
    return all;
  }

  private static void checkMode(NetworkSpec spec) {
    if (spec.mode().equals("host") || spec.mode().startsWith("container:")) {
      throw invalid(
          "container sharing network namespace with another container or host cannot be connected"
              + " to any other network");
    }
  }

  private static void check(Network network) {
    if (network.driver().equals("host")) {
      throw invalid(
          "container cannot be disconnected from host network or connected to host network");
    }
  }

  private static void checkDefault(EndpointSpec asked) {
    if (!asked.ipv4Address().isEmpty() || !asked.ipv6Address().isEmpty()) {
      throw invalid("user specified IP address is supported on user defined networks only");
    }
    if (!asked.aliases().isEmpty()) {
      throw invalid(
          "network-scoped alias is supported only for containers in user defined networks");
    }
  }

  private static EndpointSpec withMac(EndpointSpec asked, String mac) {
    return asked.macAddress().isEmpty() && !mac.isEmpty() ? asked.at(mac) : asked;
  }

  private static Refused invalid(String text) {
    return new Refused(new Failure.Invalid(text));
  }
}
