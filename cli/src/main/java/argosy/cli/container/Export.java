package argosy.cli.container;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

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
    if (file.isEmpty() && console.terminal().output()) {
      throw new IOException("cowardly refusing to save to a terminal: use -o or redirect");
    }
    String name = invocation.arguments().operands().getFirst();
    try (var answer = invocation.daemon().get(Target.of("containers", name, "export"))) {
      if (file.isEmpty()) {
        answer.body().transferTo(console.out());
        console.out().flush();
      } else {
        WholeFile.write(answer.body(), Path.of(file));
      }
    }
    return 0;
  }
}
