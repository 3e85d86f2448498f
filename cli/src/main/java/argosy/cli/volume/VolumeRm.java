package argosy.cli.volume;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;

/** Removes volumes. */
public final class VolumeRm implements Command {
  @Override
  public Form form() {
    return new Form("volume rm", "Remove volumes")
        .flag("-f --force", "One that is not there is fine too")
        .operandsFrom("VOLUME [VOLUME...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    boolean force = invocation.arguments().flag("--force");
    return invocation.each(
        invocation.arguments().operands(),
        name -> {
          invocation.daemon().delete(Target.of("volumes", name).with("force", force)).close();
          invocation.console().out().println(name);
        });
  }
}
