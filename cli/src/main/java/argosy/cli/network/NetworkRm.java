package argosy.cli.network;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Removes networks. */
public final class NetworkRm implements Command {
  @Override
  public Form form() {
    return new Form("network rm", "Remove networks").operandsFrom("NETWORK [NETWORK...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    return invocation.each(
        invocation.arguments().operands(),
        name -> {
          invocation.daemon().delete(Target.of("networks", name)).close();
          invocation.console().out().println(name);
        });
  }
}
