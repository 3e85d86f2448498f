package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Sends a signal to containers. */
public final class Kill implements Command {
  @Override
  public Form form() {
    return new Form("kill", "Kill containers, or send them a signal")
        .value("-s --signal", "SIGNAL", "Signal to send instead of KILL")
        .operandsFrom("CONTAINER [CONTAINER...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    return invocation.eachAtOnce(
        arguments.operands(),
        name -> {
          Target kill =
              Target.of("containers", name, "kill").withText("signal", arguments.text("--signal"));
          invocation.daemon().post(kill).close();
        });
  }
}
