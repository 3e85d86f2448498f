package argosy.cli.image;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.IOException;

/** Removes images, or names of them. */
public final class Rmi implements Command {
  @Override
  public Form form() {
    return new Form("rmi", "Remove images")
        .flag("-f --force", "Even if it has several names or stopped containers")
        .flag("--no-prune", "Keep untagged parents")
        .operandsFrom("IMAGE [IMAGE...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    return invocation.each(
        arguments.operands(),
        name -> {
          Target image =
              Target.of("images", name)
                  .with("force", arguments.flag("--force"))
                  .with("noprune", arguments.flag("--no-prune"));
          for (Json step : invocation.daemon().delete(image).json().list()) {
            step.fields()
                .forEach((what, id) -> invocation.console().out().println(what + ": " + id.text()));
          }
        });
  }
}
