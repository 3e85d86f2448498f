package argosy.cli.image;

import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads the images of a tar. */
public final class Load implements Command {
  @Override
  public Form form() {
    return new Form("load", "Load images from a tar")
        .value("-i --input", "FILE", "From this file instead of stdin")
        .flag("-q --quiet", "Show no progress")
        .operands("", 0);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    String file = invocation.arguments().text("--input");
    var console = invocation.console();
    if (file.isEmpty() && console.terminal().input()) {
      throw new IOException("a tar is read from stdin, not from a terminal: use -i or redirect");
    }
    Target target = Target.of("images", "load").with("quiet", true);
    try (InputStream in = file.isEmpty() ? console.in() : Files.newInputStream(Path.of(file));
        var answer = invocation.daemon().send("POST", target, "application/x-tar", in)) {
      new Progress(console.out(), false).show(answer.jsonStream());
    }
    return 0;
  }
}
