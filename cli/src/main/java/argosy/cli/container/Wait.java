package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Waits until containers have stopped, and prints their exit codes. */
public final class Wait implements Command {
  @Override
  public Form form() {
    return new Form("wait", "Wait for containers to stop, and print their exit codes")
        .operandsFrom("CONTAINER [CONTAINER...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    return invocation.each(
        invocation.arguments().operands(),
        name -> {
          Target wait = Target.of("containers", name, "wait");
          int code = Run.exitCode(invocation.daemon().post(wait).json());
          invocation.console().out().println(code);
        });
  }
}
