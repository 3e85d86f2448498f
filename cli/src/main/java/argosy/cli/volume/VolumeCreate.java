package argosy.cli.volume;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.command.Pairs;
import argosy.cli.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a volume. */
public final class VolumeCreate implements Command {
  @Override
  public Form form() {
    return new Form("volume create", "Make a volume")
        .value("-d --driver", "NAME", "Its driver: local")
        .list("--label", "NAME=VALUE", "Say something about it")
        .list("-o --opt", "NAME=VALUE", "For the driver: type, device and o, as mount(8) has them")
        .operands("[NAME]", 0, 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("Name", arguments.operands().stream().findFirst().orElse(""));
    body.put("Driver", arguments.text("--driver", "local"));
    body.put("DriverOpts", Pairs.of(arguments.list("--opt")));
    body.put("Labels", Pairs.of(arguments.list("--label")));
    Json made = invocation.daemon().post(Target.of("volumes", "create"), new Json(body)).json();
    invocation.console().out().println(made.get("Name").text());
    return 0;
  }
}
