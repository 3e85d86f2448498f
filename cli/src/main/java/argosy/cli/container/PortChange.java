package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Publishes ports of a container that is there already, or withdraws them; it need not be made
 * again, nor be stopped.
 */
public final class PortChange implements Command {
  private final String verb;

  /** {@code verb}: add or rm. */
  public PortChange(String verb) {
    this.verb = verb;
  }

  @Override
  public Form form() {
    String summary =
        verb.equals("add")
            ? "Publish ports of a container, running or not"
            : "Withdraw published ports of a container, running or not";
    return new Form("port " + verb, summary)
        .operandsFrom("CONTAINER [[IP:]HOSTPORT:]PORT[/PROTO]...", 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    List<String> operands = invocation.arguments().operands();
    var bindings = PortSpecs.bindings(operands.subList(1, operands.size()));
    Target change = Target.of("containers", operands.getFirst(), "ports");
    Json body = new Json(Map.of(verb.equals("add") ? "Add" : "Remove", bindings));
    Json answer = invocation.daemon().post(change, body).json();
    Json now = answer.get("Ports");
    Port.print(invocation, now.fields().isEmpty() ? answer.get("PortBindings") : now);
    return 0;
  }
}
