package argosy.cli.container;

import argosy.cli.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ports of a listed container: {@code 0.0.0.0:8080->80/tcp, 443/tcp}, runs of ports joined. */
final class Ports {
  private record Port(String address, long outside, long inside, String protocol) {
    static Port of(Json port) {
      return new Port(
          port.get("IP").text(),
          port.get("PublicPort").number(),
          port.get("PrivatePort").number(),
          port.get("Type").text());
    }

    /** Whether this one comes right after the end of another's run. */
    boolean follows(Port first, int length) {
      return address.equals(first.address)
          && protocol.equals(first.protocol)
          && inside == first.inside + length
          && (outside == 0 ? first.outside == 0 : outside == first.outside + length);
    }

    String text(int length) {
      String in = length == 1 ? "" + inside : inside + "-" + (inside + length - 1);
      if (outside == 0) {
        return in + "/" + protocol;
      }
      String host = address.contains(":") ? "[" + address + "]" : address;
      String out = length == 1 ? "" + outside : outside + "-" + (outside + length - 1);
      return host + ":" + out + "->" + in + "/" + protocol;
    }
  }

  private Ports() {}

  static String text(List<Json> ports) {
    List<Port> sorted = new ArrayList<>(ports.stream().map(Port::of).distinct().toList());
    sorted.sort(
        Comparator.comparing((Port port) -> port.outside() == 0)
            .thenComparing(Port::address)
            .thenComparing(Port::protocol)
            .thenComparingLong(Port::inside)
            .thenComparingLong(Port::outside));
    List<String> texts = new ArrayList<>();
    for (int at = 0; at < sorted.size(); ) {
      int length = 1;
      while (at + length < sorted.size()
          && sorted.get(at + length).follows(sorted.get(at), length)) {
        length++;
      }
      texts.add(sorted.get(at).text(length));
      at += length;
    }
    return String.join(", ", texts);
  }
}
