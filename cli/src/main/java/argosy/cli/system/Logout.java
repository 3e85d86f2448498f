package argosy.cli.system;

import argosy.cli.client.Credentials;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Forgets the credentials for a registry. */
public final class Logout implements Command {
  @Override
  public Form form() {
    return new Form("logout", "Forget the credentials for a registry").operands("[SERVER]", 0, 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    String server =
        invocation.arguments().operands().stream().findFirst().orElse(Credentials.DOCKER_HUB);
    boolean known = Credentials.of(invocation.environment()).forget(server);
    invocation
        .console()
        .out()
        .println((known ? "Removing login credentials for " : "Not logged in to ") + server);
    return 0;
  }
}
