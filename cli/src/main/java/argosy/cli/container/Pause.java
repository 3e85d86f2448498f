package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Freezes the processes of containers. */
public final class Pause implements Command {
  @Override
  public Form form() {
    return new Form("pause", "Freeze all processes of containers")
        .operandsFrom("CONTAINER [CONTAINER...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    return invocation.eachAtOnce(
        invocation.arguments().operands(),
        name -> invocation.daemon().post(Target.of("containers", name, "pause")).close());
  }
}
