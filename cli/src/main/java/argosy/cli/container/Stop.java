package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Asks containers to stop, and has them killed when they take too long. */
public final class Stop implements Command {
  @Override
  public Form form() {
    return new Form("stop", "Stop containers")
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
          Target stop =
              Target.of("containers", name, "stop")
                  .withText("t", arguments.text("--time"))
                  .withText("signal", arguments.text("--signal"));
          invocation.daemon().post(stop).close();
        });
  }
}
