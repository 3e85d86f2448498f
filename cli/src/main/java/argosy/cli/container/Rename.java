package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Gives a container another name. */
public final class Rename implements Command {
  @Override
  public Form form() {
    return new Form("rename", "Give a container another name").operands("CONTAINER NAME", 2, 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var operands = invocation.arguments().operands();
    Target rename =
        Target.of("containers", operands.getFirst(), "rename").withText("name", operands.getLast());
    invocation.daemon().post(rename).close();
    return 0;
  }
}
