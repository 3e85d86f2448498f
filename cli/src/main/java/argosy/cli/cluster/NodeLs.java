package argosy.cli.cluster;

import argosy.cli.client.Refusal;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Listing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the nodes of the cluster, as the daemon sees them. */
public final class NodeLs implements Command {
  private static final int NOT_FOUND = 404;

  @Override
  public Form form() {
    return new Form("node ls", "List the nodes of the cluster")
        .flag("-q --quiet", "Print ids only")
        .flag("--no-trunc", "Shorten nothing")
        .value("--format", "FORMAT", "table, json, or a template such as {{.Name}}")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Listing listing =
        new Listing()
            .column("ID", "ID")
            .column("Name", "NAME")
            .column("Status", "STATUS")
            .column("Address", "ADDRESS")
            .column("EngineVersion", "ENGINE VERSION")
            .column("Labels", "LABELS");
    List<Map<String, String>> rows = new ArrayList<>();
    for (Json node : nodes(invocation)) {
      rows.add(row(node, arguments.flag("--no-trunc")));
    }
    var out = invocation.console().out();
    if (arguments.flag("--quiet")) {
      rows.forEach(row -> out.println(row.getOrDefault("ID", "")));
      return 0;
    }
    rows.forEach(row -> listing.add(starred(row)));
    out.print(listing.text(arguments.text("--format")));
    return 0;
  }

  private static List<Json> nodes(Invocation invocation) throws IOException {
    try {
      return invocation.daemon().get(Target.of("argosy", "nodes")).json().list();
    } catch (Refusal refusal) {
      if (refusal.status() == NOT_FOUND && refusal.said().equals("page not found")) {
        throw new IOException(
            "the daemon at " + invocation.daemon().address() + " is no argosyd: it knows no nodes",
            refusal);
      }
      throw refusal;
    }
  }

  private static Map<String, String> row(Json node, boolean full) {
    List<String> labels = new ArrayList<>();
    node.get("Labels").list().forEach(label -> labels.add(label.text()));
    String id = node.get("ID").text();
    Map<String, String> row = new LinkedHashMap<>();
    row.put("ID", full || id.length() <= 12 ? id : id.substring(0, 12));
    row.put("Name", node.get("Name").text());
    row.put("Self", node.get("Self").text());
    row.put("Status", node.get("Status").text());
    row.put("Address", node.get("Address").text());
    row.put("EngineVersion", node.get("EngineVersion").text());
    row.put("Labels", String.join(",", labels));
    return row;
  }

  /** The node that answers wears a star. */
  private static Map<String, String> starred(Map<String, String> row) {
    if (row.getOrDefault("Self", "").equals("true")) {
      row.put("ID", row.get("ID") + " *");
    }
    return row;
  }
}
