package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Listing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Shows what containers use, once. */
public final class Stats implements Command {
  @Override
  public Form form() {
    return new Form("stats", "Show what containers use, measured once")
        .flag("--no-stream", "Measure once, which is all it does so far")
        .flag("--no-trunc", "Shorten nothing")
        .value("--format", "FORMAT", "table, json, or a template such as {{.CPUPerc}}")
        .operandsFrom("[CONTAINER...]", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    List<String> names = new ArrayList<>(arguments.operands());
    if (names.isEmpty()) {
      Target running = Target.of("containers", "json");
      invocation.daemon().get(running).json().list().forEach(c -> names.add(c.get("Id").text()));
    }
    Listing listing =
        new Listing()
            .column("ID", "CONTAINER ID")
            .column("Name", "NAME")
            .column("CPUPerc", "CPU %")
            .column("MemUsage", "MEM USAGE / LIMIT")
            .column("MemPerc", "MEM %")
            .column("NetIO", "NET I/O")
            .column("BlockIO", "BLOCK I/O")
            .column("PIDs", "PIDS");
    int code = invocation.each(names, name -> listing.add(usage(invocation, name)));
    invocation.console().out().print(listing.text(arguments.text("--format")));
    return code;
  }

  private static java.util.Map<String, String> usage(Invocation invocation, String name)
      throws IOException {
    Target target = Target.of("containers", name, "stats").with("stream", "0");
    Json sample = invocation.daemon().get(target).json();
    return new Usage(sample).fields(invocation.arguments().flag("--no-trunc"));
  }
}
