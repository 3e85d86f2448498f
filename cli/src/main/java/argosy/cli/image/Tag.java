package argosy.cli.image;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Gives an image one more name. */
public final class Tag implements Command {
  @Override
  public Form form() {
    return new Form("tag", "Give an image one more name").operands("IMAGE NAME[:TAG]", 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var operands = invocation.arguments().operands();
    Reference name = Reference.parse(operands.getLast());
    invocation
        .daemon()
        .post(
            Target.of("images", operands.getFirst(), "tag")
                .with("repo", name.name())
                .with("tag", name.tag()))
        .close();
    return 0;
  }
}
