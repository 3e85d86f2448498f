package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Filters;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Listing;
import java.io.IOException;
import java.util.List;

/** Lists containers. */
public final class Ps implements Command {
  @Override
  public Form form() {
    return new Form("ps", "List containers")
        .flag("-a --all", "Show stopped ones too")
        .flag("-q --quiet", "Print ids only")
        .flag("-l --latest", "Only the last one created")
        .value("-n --last", "NUMBER", "Only so many that were created last")
        .flag("-s --size", "Show sizes")
        .flag("--no-trunc", "Shorten nothing")
        .list("-f --filter", "NAME=VALUE", "Only those that fit")
        .value("--format", "FORMAT", "table, json, or a template such as {{.Names}}")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Target target =
        Target.of("containers", "json")
            .with("all", arguments.flag("--all"))
            .with("size", arguments.flag("--size"))
            .withText("limit", arguments.flag("--latest") ? "1" : arguments.text("--last"))
            .withText("filters", Filters.parameter(arguments.list("--filter")));
    List<Json> containers = invocation.daemon().get(target).json().list();
    boolean full = arguments.flag("--no-trunc");
    var out = invocation.console().out();
    if (arguments.flag("--quiet")) {
      containers.forEach(c -> out.println(ContainerRow.id(c, full)));
      return 0;
    }
    Listing listing = columns(invocation);
    var row = new ContainerRow(invocation.clock().instant(), full);
    containers.forEach(c -> listing.add(row.fields(c)));
    out.print(listing.text(arguments.text("--format")));
    return 0;
  }

  private static Listing columns(Invocation invocation) {
    Listing listing = new Listing().column("ID", "CONTAINER ID");
    if (invocation.cluster()) {
      listing.column("Node", "NODE");
    }
    listing
        .column("Image", "IMAGE")
        .column("Command", "COMMAND")
        .column("RunningFor", "CREATED")
        .column("Status", "STATUS")
        .column("Ports", "PORTS")
        .column("Names", "NAMES");
    return invocation.arguments().flag("--size") ? listing.column("Size", "SIZE") : listing;
  }
}
