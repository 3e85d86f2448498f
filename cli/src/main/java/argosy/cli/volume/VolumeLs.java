package argosy.cli.volume;

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

/** Lists volumes. */
public final class VolumeLs implements Command {
  @Override
  public Form form() {
    return new Form("volume ls", "List volumes")
        .flag("-q --quiet", "Print names only")
        .list("-f --filter", "NAME=VALUE", "Only those that fit")
        .value("--format", "FORMAT", "table, json, or a template such as {{.Name}}")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Listing listing = new Listing().column("Driver", "DRIVER").column("Name", "VOLUME NAME");
    if (invocation.cluster()) {
      listing.column("Node", "NODE");
    }
    Target target =
        Target.of("volumes").withText("filters", Filters.parameter(arguments.list("--filter")));
    List<Json> volumes = invocation.daemon().get(target).json().get("Volumes").list();
    var out = invocation.console().out();
    if (arguments.flag("--quiet")) {
      volumes.forEach(volume -> out.println(volume.get("Name").text()));
      return 0;
    }
    volumes.forEach(volume -> listing.add(row(volume)));
    out.print(listing.text(arguments.text("--format")));
    return 0;
  }

  private static Map<String, String> row(Json volume) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("Name", volume.get("Name").text());
    row.put("Driver", volume.get("Driver").text());
    row.put("Mountpoint", volume.get("Mountpoint").text());
    row.put("Scope", volume.get("Scope").text());
    row.put("Node", volume.get("Labels", "io.argosy.node").text());
    return row;
  }
}
