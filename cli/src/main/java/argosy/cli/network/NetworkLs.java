package argosy.cli.network;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Filters;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Listing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists networks. */
public final class NetworkLs implements Command {
  @Override
  public Form form() {
    return new Form("network ls", "List networks")
        .flag("-q --quiet", "Print ids only")
        .flag("--no-trunc", "Shorten nothing")
        .list("-f --filter", "NAME=VALUE", "Only those that fit")
        .value("--format", "FORMAT", "table, json, or a template such as {{.Name}}")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Listing listing = new Listing().column("ID", "NETWORK ID");
    if (invocation.cluster()) {
      listing.column("Node", "NODE");
    }
    listing.column("Name", "NAME").column("Driver", "DRIVER").column("Scope", "SCOPE");
    Target target =
        Target.of("networks").withText("filters", Filters.parameter(arguments.list("--filter")));
    List<Json> networks = invocation.daemon().get(target).json().list();
    var out = invocation.console().out();
    for (Json network : networks) {
      Map<String, String> row = row(network, arguments.flag("--no-trunc"));
      listing.add(row);
      if (arguments.flag("--quiet")) {
        out.println(row.get("ID"));
      }
    }
    if (!arguments.flag("--quiet")) {
      out.print(listing.text(arguments.text("--format")));
    }
    return 0;
  }

  private static Map<String, String> row(Json network, boolean full) {
    String id = network.get("Id").text();
    Map<String, String> row = new LinkedHashMap<>();
    row.put("ID", full || id.length() <= 12 ? id : id.substring(0, 12));
    row.put("Name", network.get("Name").text());
    row.put("Driver", network.get("Driver").text());
    row.put("Scope", network.get("Scope").text());
    row.put("Internal", network.get("Internal").text());
    row.put("Node", network.get("Labels", "io.argosy.node").text());
    return row;
  }
}
