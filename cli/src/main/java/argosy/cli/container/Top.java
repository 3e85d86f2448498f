package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import argosy.cli.output.Table;
import java.io.IOException;
import java.util.List;

/** Shows the processes of a container. */
public final class Top implements Command {
  @Override
  public Form form() {
    return new Form("top", "Show the processes of a container")
        .operandsFrom("CONTAINER [PS OPTIONS...]", 1)
        .commandAfterOperand();
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    List<String> operands = invocation.arguments().operands();
    Target target =
        Target.of("containers", operands.getFirst(), "top")
            .withText("ps_args", String.join(" ", operands.subList(1, operands.size())));
    Json top = invocation.daemon().get(target).json();
    var table = new Table(texts(top.get("Titles")));
    top.get("Processes").list().forEach(process -> table.row(texts(process)));
    invocation.console().out().print(table.text());
    return 0;
  }

  private static List<String> texts(Json list) {
    return list.list().stream().map(Json::text).toList();
  }
}
