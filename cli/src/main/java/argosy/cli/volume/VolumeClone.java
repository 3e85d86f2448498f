package argosy.cli.volume;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.command.Pairs;
import argosy.cli.json.Json;
import java.io.IOException;
import java.util.Map;

/** Makes a volume with all that another holds. */
public final class VolumeClone implements Command {
  @Override
  public Form form() {
    return new Form("volume clone", "Make a volume with all that another holds")
        .list("--label", "NAME=VALUE", "Say something about it, instead of what the other says")
        .operands("VOLUME NEW", 2);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var operands = invocation.arguments().operands();
    var body =
        new Json(
            Map.of(
                "Name",
                operands.get(1),
                "Labels",
                Pairs.of(invocation.arguments().list("--label"))));
    Json made =
        invocation.daemon().post(Target.of("volumes", operands.getFirst(), "clone"), body).json();
    invocation.console().out().println(made.get("Name").text());
    return 0;
  }
}
