package argosy.engine.network;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.network.NetworkRequest.Network;
import argosy.engine.spec.NetworkSpec.EndpointSpec;
import java.util.Collection;

/** What a container's interfaces are called. Pure. */
final class Interfaces {
  private static final String IFNAME = "com.docker.network.endpoint.ifname";
  private static final int LONGEST = 15;

  private Interfaces() {}

  /** The lowest that none of the others has. */
  static int freeNumber(Collection<Endpoint> others) {
    int number = 0;
    while (isTaken(number, others)) {
      number++;
    }
    return number;
  }

  private static boolean isTaken(int number, Collection<Endpoint> others) {
    return others.stream().anyMatch(each -> each.isWired() && each.number() == number);
  }

  /** The one asked for, else the network's prefix with the first number that is free. */
  static String name(Network network, EndpointSpec asked, int number, Collection<Endpoint> others) {
    String wanted = asked.driverOptions().getOrDefault(IFNAME, "");
    if (!wanted.isEmpty()) {
      check(wanted, others);
      return wanted;
    }
    String prefix = BridgeOptions.interfacePrefix(network);
    int at = number;
    while (isTaken(prefix + at, others)) {
      at++;
    }
    return prefix + at;
  }

  private static void check(String wanted, Collection<Endpoint> others) {
    if (!OptionCheck.isInterfaceName(wanted, LONGEST) || wanted.equals("lo")) {
      throw new Refused(new Failure.Invalid("invalid interface name: \"" + wanted + "\""));
    }
    if (isTaken(wanted, others)) {
      throw new Refused(
          new Failure.Conflict(
              "an interface with name " + wanted + " already exists in the container"));
    }
  }

  private static boolean isTaken(String name, Collection<Endpoint> others) {
    return others.stream().anyMatch(each -> each.interfaceName().equals(name));
  }
}
