package argosy.cli.system;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Confirmation;
import argosy.cli.command.Filters;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.Size;
import argosy.cli.system.Prune.Kind;
import java.io.IOException;

/** Removes everything that nobody uses. */
public final class SystemPrune implements Command {
  @Override
  public Form form() {
    return new Form("system prune", "Remove all that nobody uses")
        .flag("-a --all", "Images with a name too, not only dangling ones")
        .flag("-f --force", "Do not ask first")
        .flag("--volumes", "Anonymous volumes too")
        .list("--filter", "NAME=VALUE", "Only what fits, such as label=x or until=24h")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    boolean all = arguments.flag("--all");
    boolean volumes = arguments.flag("--volumes");
    var filters = arguments.list("--filter");
    if (volumes && filters.stream().anyMatch(filter -> filter.startsWith("until="))) {
      throw new IllegalArgumentException(
          "the \"until\" filter is not supported with \"--volumes\"");
    }
    String warning =
        "This will remove stopped containers, networks without containers, "
            + (volumes ? "anonymous volumes without containers, " : "")
            + (all ? "images without containers" : "dangling images")
            + " and the build cache.";
    if (!arguments.flag("--force") && !Confirmation.given(invocation.console(), warning)) {
      return 0;
    }
    long bytes = Prune.run(invocation, Kind.CONTAINER, false, filters);
    bytes += Prune.run(invocation, Kind.NETWORK, false, filters);
    if (volumes) {
      bytes += Prune.run(invocation, Kind.VOLUME, false, filters);
    }
    bytes += Prune.run(invocation, Kind.IMAGE, all, filters);
    Target build =
        Target.of("build", "prune")
            .with("all", all)
            .withText("filters", Filters.parameter(filters));
    bytes += invocation.daemon().post(build).json().get("SpaceReclaimed").number();
    invocation.console().out().println("Total reclaimed space: " + Size.decimal(bytes));
    return 0;
  }
}
