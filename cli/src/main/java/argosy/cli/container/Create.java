package argosy.cli.container;

import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Creates a container and prints its id. */
public final class Create implements Command {
  @Override
  public Form form() {
    return CreateForm.on(new Form("create", "Create a container, and do not start it"));
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    invocation.console().out().println(new Creation(invocation).create());
    return 0;
  }
}
