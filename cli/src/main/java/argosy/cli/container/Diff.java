package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.IOException;

/** Shows what a container changed in its image's files: A added, C changed, D deleted. */
public final class Diff implements Command {
  private static final String KINDS = "CAD";

  @Override
  public Form form() {
    return new Form("diff", "Show what a container changed in its files").operands("CONTAINER", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    String name = invocation.arguments().operands().getFirst();
    Json changes = invocation.daemon().get(Target.of("containers", name, "changes")).json();
    for (Json change : changes.list()) {
      char kind = KINDS.charAt((int) change.get("Kind").number());
      invocation.console().out().println(kind + " " + change.get("Path").text());
    }
    return 0;
  }
}
