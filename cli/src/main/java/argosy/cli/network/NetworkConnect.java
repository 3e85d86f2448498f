package argosy.cli.network;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.command.Pairs;
import argosy.cli.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Connects a container to a network. */
public final class NetworkConnect implements Command {
  @Override
  public Form form() {
    return new Form("network connect", "Connect a container to a network")
        .list("--alias", "NAME", "Another name for it there")
        .value("--ip", "ADDRESS", "Its address there")
        .value("--ip6", "ADDRESS", "Its IPv6 address there")
        .list("--link", "CONTAINER[:ALIAS]", "A name for another container")
        .list("--driver-opt", "NAME=VALUE", "For the driver")
        .value("--gw-priority", "NUMBER", "The highest has the default route")
        .operands("NETWORK CONTAINER", 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Map<String, Object> endpoint = new LinkedHashMap<>();
    Map<String, String> addresses = new LinkedHashMap<>();
    if (arguments.has("--ip")) {
      addresses.put("IPv4Address", arguments.text("--ip"));
    }
    if (arguments.has("--ip6")) {
      addresses.put("IPv6Address", arguments.text("--ip6"));
    }
    endpoint.put("IPAMConfig", addresses);
    endpoint.put("Aliases", arguments.list("--alias"));
    endpoint.put("Links", arguments.list("--link"));
    endpoint.put("DriverOpts", Pairs.of(arguments.list("--driver-opt")));
    if (arguments.has("--gw-priority")) {
      endpoint.put("GwPriority", Integer.parseInt(arguments.text("--gw-priority")));
    }
    var body =
        new Json(Map.of("Container", arguments.operands().get(1), "EndpointConfig", endpoint));
    Target target = Target.of("networks", arguments.operands().getFirst(), "connect");
    invocation.daemon().post(target, body).close();
    return 0;
  }
}
