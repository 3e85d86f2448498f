package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Removes containers. */
public final class Rm implements Command {
  @Override
  public Form form() {
    return new Form("rm", "Remove containers")
        .flag("-f --force", "Kill it if it runs")
        .flag("-v --volumes", "Remove its anonymous volumes too")
        .operandsFrom("CONTAINER [CONTAINER...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    return invocation.eachAtOnce(
        arguments.operands(),
        name -> {
          Target container =
              Target.of("containers", name)
                  .with("force", arguments.flag("--force"))
                  .with("v", arguments.flag("--volumes"));
          invocation.daemon().delete(container).close();
        });
  }
}
