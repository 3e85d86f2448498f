package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.IOException;

/** Changes the limits and the restart policy of containers, running or not. */
public final class Update implements Command {
  @Override
  public Form form() {
    Form form = new Form("update", "Change limits and restart policy of containers");
    CreateFlags.LIMITS.forEach(flag -> flag.on(form));
    return form.operandsFrom("CONTAINER [CONTAINER...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    Json body = new Json(new HostBody(invocation.arguments()).limits());
    return invocation.each(
        invocation.arguments().operands(),
        name -> {
          Target update = Target.of("containers", name, "update");
          Json answer = invocation.daemon().post(update, body).json();
          for (Json warning : answer.get("Warnings").list()) {
            invocation.console().complain(warning.text());
          }
          invocation.console().out().println(name);
        });
  }
}
