package argosy.cli.image;

import argosy.cli.client.Credentials;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Pulls an image from its registry. */
public final class Pull implements Command {
  @Override
  public Form form() {
    return new Form("pull", "Pull an image from its registry")
        .flag("-q --quiet", "Show no progress")
        .value("--platform", "OS/ARCH", "Platform of the image")
        .operands("NAME[:TAG|@DIGEST]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    String text = arguments.operands().getFirst();
    Reference reference = Reference.parse(text);
    var console = invocation.console();
    boolean quiet = arguments.flag("--quiet");
    if (!quiet && reference.tag().equals("latest") && !text.endsWith(":latest")) {
      console.out().println("Using default tag: latest");
    }
    PrintStream shown = quiet ? new PrintStream(OutputStream.nullOutputStream()) : console.out();
    try (var answer =
        invocation
            .daemon()
            .post(
                reference.pull(arguments.text("--platform")),
                "X-Registry-Auth",
                Credentials.of(invocation.environment()).header(reference.name()))) {
      new Progress(shown, !quiet && console.terminal().output()).show(answer.jsonStream());
    }
    console.out().println(reference);
    return 0;
  }
}
