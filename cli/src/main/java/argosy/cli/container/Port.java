package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.IOException;
import java.util.List;

/** Lists where the ports of a container are published. */
public final class Port implements Command {
  @Override
  public Form form() {
    return new Form("port", "List where a container's ports are published")
        .operands("CONTAINER [PORT[/PROTO]]", 1, 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    List<String> operands = invocation.arguments().operands();
    String container = operands.getFirst();
    Json inspected = invocation.daemon().get(Target.of("containers", container, "json")).json();
    Json ports = inspected.get("NetworkSettings", "Ports");
    if (operands.size() == 1) {
      print(invocation, ports);
      return 0;
    }
    String wanted = operands.getLast();
    String port = wanted.contains("/") ? wanted : wanted + "/tcp";
    List<Json> places = ports.get(port).list();
    if (places.isEmpty()) {
      throw new IOException("no public port '" + wanted + "' published for " + container);
    }
    places.forEach(place -> invocation.console().out().println(place(place)));
    return 0;
  }

  /** {@code 80/tcp -> 0.0.0.0:8080}, a line for each place. */
  static void print(Invocation invocation, Json ports) {
    ports
        .fields()
        .forEach((port, places) ->
            places
                .list()
                .forEach(
                    place -> invocation.console().out().println(port + " -> " + place(place))));
  }

  private static String place(Json place) {
    String host = place.get("HostIp").text();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + place.get("HostPort").text();
  }
}
