package argosy.cli.image;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Listing;
import argosy.cli.output.Moment;
import argosy.cli.output.Size;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows how an image was made. */
public final class History implements Command {
  private static final int SHORT = 12;
  private static final int COMMAND = 45;

  @Override
  public Form form() {
    return new Form("history", "Show how an image was made")
        .flag("-q --quiet", "Print ids only")
        .flag("--no-trunc", "Shorten nothing")
        .value("--format", "FORMAT", "table, json, or a template such as {{.CreatedBy}}")
        .operands("IMAGE", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    boolean full = arguments.flag("--no-trunc");
    var listing =
        new Listing()
            .column("ID", "IMAGE")
            .column("CreatedAt", "CREATED")
            .column("CreatedBy", "CREATED BY")
            .column("Size", "SIZE")
            .column("Comment", "COMMENT");
    Target target = Target.of("images", arguments.operands().getFirst(), "history");
    var out = invocation.console().out();
    for (Json step : invocation.daemon().get(target).json().list()) {
      Map<String, String> row = row(step, full);
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

  private static Map<String, String> row(Json step, boolean full) {
    String id = step.get("Id").text().replaceFirst("^sha256:", "");
    String command = step.get("CreatedBy").text().replace('\t', ' ');
    Map<String, String> row = new LinkedHashMap<>();
    row.put("ID", full ? step.get("Id").text() : id.substring(0, Math.min(SHORT, id.length())));
    row.put("CreatedAt", Moment.listed(Instant.ofEpochSecond(step.get("Created").number())));
    row.put(
        "CreatedBy",
        full || command.length() <= COMMAND ? command : command.substring(0, COMMAND - 1) + "…");
    row.put("Size", Size.decimal(step.get("Size").number()));
    row.put("Comment", step.get("Comment").text());
    return row;
  }
}
