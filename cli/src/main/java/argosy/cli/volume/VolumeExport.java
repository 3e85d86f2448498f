package argosy.cli.volume;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.TarOutput;
import java.io.IOException;

/** Writes all that a volume holds as a tar. */
public final class VolumeExport implements Command {
  @Override
  public Form form() {
    return new Form("volume export", "Write what a volume holds as a tar")
        .value("-o --output", "FILE", "To this file instead of stdout")
        .flag("--pause", "Pause the containers that use it meanwhile")
        .operands("VOLUME", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    String file = arguments.text("--output");
    var console = invocation.console();
    var output = new TarOutput(file, console.out(), console.terminal().output());
    Target target =
        Target.of("volumes", arguments.operands().getFirst(), "archive")
            .with("pause", arguments.flag("--pause"));
    try (var answer = invocation.daemon().get(target)) {
      output.take(answer.body());
    }
    return 0;
  }
}
