package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Stops containers and starts them again; those that rest are started. */
public final class Restart implements Command {
  @Override
  public Form form() {
    return new Form("restart", "Stop containers and start them again")
        .value("-t --time --timeout", "SECONDS", "Patience before it is killed, -1 for ever")
        .value("-s --signal", "SIGNAL", "Signal that asks it to stop")
        .operandsFrom("CONTAINER [CONTAINER...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    return invocation.eachAtOnce(
        arguments.operands(),
        name -> {
          Target restart =
              Target.of("containers", name, "restart")
                  .withText("t", arguments.text("--time"))
                  .withText("signal", arguments.text("--signal"));
          invocation.daemon().post(restart).close();
        });
  }
}
