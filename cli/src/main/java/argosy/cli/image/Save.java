package argosy.cli.image;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.TarOutput;
import java.io.IOException;

/** Writes images as a tar that can be loaded again. */
public final class Save implements Command {
  @Override
  public Form form() {
    return new Form("save", "Write images as a tar")
        .value("-o --output", "FILE", "To this file instead of stdout")
        .operandsFrom("IMAGE [IMAGE...]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    String file = invocation.arguments().text("--output");
    var console = invocation.console();
    var output = new TarOutput(file, console.out(), console.terminal().output());
    Target target = Target.of("images", "get");
    for (String name : invocation.arguments().operands()) {
      target = target.with("names", name);
    }
    try (var answer = invocation.daemon().get(target)) {
      output.take(answer.body());
    }
    return 0;
  }
}
