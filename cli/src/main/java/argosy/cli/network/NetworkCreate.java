package argosy.cli.network;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.command.Pairs;
import argosy.cli.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a network. */
public final class NetworkCreate implements Command {
  @Override
  public Form form() {
    return new Form("network create", "Make a network")
        .value("-d --driver", "NAME", "Its driver: bridge")
        .list("--subnet", "CIDR", "Its addresses; once for each family")
        .list("--gateway", "ADDRESS", "The host's address in it")
        .list("--ip-range", "CIDR", "Give containers addresses from here only")
        .flag("--internal", "No way out of it")
        .flag("--ipv6", "Addresses of both families")
        .flag("--attachable", "Containers may be connected by hand")
        .list("--label", "NAME=VALUE", "Say something about it")
        .list("-o --opt", "NAME=VALUE", "For the driver")
        .operands("NETWORK", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("Name", arguments.operands().getFirst());
    body.put("Driver", arguments.text("--driver", "bridge"));
    body.put("Internal", arguments.flag("--internal"));
    body.put("Attachable", arguments.flag("--attachable"));
    body.put("EnableIPv6", arguments.flag("--ipv6"));
    body.put("Labels", Pairs.of(arguments.list("--label")));
    body.put("Options", Pairs.of(arguments.list("--opt")));
    List<Object> pools =
        pools(
            arguments.list("--subnet"), arguments.list("--gateway"), arguments.list("--ip-range"));
    if (!pools.isEmpty()) {
      body.put("IPAM", Map.of("Config", pools));
    }
    Json made = invocation.daemon().post(Target.of("networks", "create"), new Json(body)).json();
    invocation.console().out().println(made.get("Id").text());
    return 0;
  }

  /** The first gateway and range belong to the first subnet, and so on. */
  private static List<Object> pools(
      List<String> subnets, List<String> gateways, List<String> ranges) {
    if (subnets.isEmpty() && !(gateways.isEmpty() && ranges.isEmpty())) {
      throw new IllegalArgumentException("--gateway and --ip-range need a --subnet");
    }
    List<Object> pools = new ArrayList<>();
    for (int i = 0; i < subnets.size(); i++) {
      Map<String, String> pool = new LinkedHashMap<>();
      pool.put("Subnet", subnets.get(i));
      if (i < gateways.size()) {
        pool.put("Gateway", gateways.get(i));
      }
      if (i < ranges.size()) {
        pool.put("IPRange", ranges.get(i));
      }
      pools.add(pool);
    }
    return pools;
  }
}
