package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.TarOutput;
import java.io.IOException;

/** Writes a container's root file system as a tar. */
public final class Export implements Command {
  @Override
  public Form form() {
    return new Form("export", "Write a container's files as a tar")
        .value("-o --output", "FILE", "To this file instead of stdout")
        .operands("CONTAINER", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    String file = invocation.arguments().text("--output");
    var console = invocation.console();
    var output = new TarOutput(file, console.out(), console.terminal().output());
    String name = invocation.arguments().operands().getFirst();
    try (var answer = invocation.daemon().get(Target.of("containers", name, "export"))) {
      output.take(answer.body());
    }
    return 0;
  }
}
