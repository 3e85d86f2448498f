package argosy.cli.volume;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a volume of a tar. */
public final class VolumeImport implements Command {
  @Override
  public Form form() {
    return new Form("volume import", "Make a volume of a tar")
        .value("-i --input", "FILE", "From this file instead of stdin")
        .flag("-f --force", "Unpack over what the volume holds")
        .operands("VOLUME", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    String file = arguments.text("--input");
    Target target =
        Target.of("volumes", arguments.operands().getFirst(), "archive")
            .with("force", arguments.flag("--force"));
    try (InputStream in =
            file.isEmpty() ? invocation.console().in() : Files.newInputStream(Path.of(file));
        var answer = invocation.daemon().send("PUT", target, "application/x-tar", in)) {
      invocation.console().out().println(answer.json().get("Name").text());
    }
    return 0;
  }
}
