package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Lets the processes of paused containers go on. */
public final class Unpause implements Command {
  @Override
  public Form form() {
    return new Form("unpause", "Let paused containers go on")
        .operandsFrom("CONTAINER [CONTAINER...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    return invocation.eachAtOnce(
        invocation.arguments().operands(),
        name -> invocation.daemon().post(Target.of("containers", name, "unpause")).close());
  }
}
