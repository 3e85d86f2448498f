package argosy.cli.network;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.IOException;
import java.util.Map;

/** Takes a container out of a network. */
public final class NetworkDisconnect implements Command {
  @Override
  public Form form() {
    return new Form("network disconnect", "Take a container out of a network")
        .flag("-f --force", "Even if the container is not there any more")
        .operands("NETWORK CONTAINER", 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var operands = invocation.arguments().operands();
    var body =
        new Json(
            Map.of("Container", operands.get(1), "Force", invocation.arguments().flag("--force")));
    invocation
        .daemon()
        .post(Target.of("networks", operands.getFirst(), "disconnect"), body)
        .close();
    return 0;
  }
}
