package argosy.cli.image;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Filters;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Listing;
import java.io.IOException;
import java.util.Map;

/** Searches a registry for images. */
public final class Search implements Command {
  @Override
  public Form form() {
    return new Form("search", "Search a registry for images")
        .list("-f --filter", "NAME=VALUE", "Only those that fit")
        .value("--limit", "NUMBER", "At most so many")
        .value("--format", "FORMAT", "table, json, or a template such as {{.Name}}")
        .operands("TERM", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Target target =
        Target.of("images", "search")
            .with("term", arguments.operands().getFirst())
            .withText("limit", arguments.text("--limit"))
            .withText("filters", Filters.parameter(arguments.list("--filter")));
    var listing =
        new Listing()
            .column("Name", "NAME")
            .column("Description", "DESCRIPTION")
            .column("StarCount", "STARS")
            .column("IsOfficial", "OFFICIAL");
    for (Json found : invocation.daemon().get(target).json().list()) {
      listing.add(
          Map.of(
              "Name",
              found.get("name").text(),
              "Description",
              found.get("description").text(),
              "StarCount",
              found.get("star_count").text(),
              "IsOfficial",
              found.get("is_official").flag() ? "[OK]" : ""));
    }
    invocation.console().out().print(listing.text(arguments.text("--format")));
    return 0;
  }
}
