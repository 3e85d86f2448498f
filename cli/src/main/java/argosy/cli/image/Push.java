package argosy.cli.image;

import argosy.cli.client.Credentials;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.output.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Pushes an image, or all tags of a repository, to its registry. */
public final class Push implements Command {
  @Override
  public Form form() {
    return new Form("push", "Push an image to its registry")
        .flag("-a --all-tags", "Push every tag of the repository")
        .flag("-q --quiet", "Show no progress")
        .operands("NAME[:TAG]", 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    Reference reference = Reference.parse(arguments.operands().getFirst());
    boolean all = arguments.flag("--all-tags");
    boolean quiet = arguments.flag("--quiet");
    var console = invocation.console();
    PrintStream shown = quiet ? new PrintStream(OutputStream.nullOutputStream()) : console.out();
    Target target =
        Target.of("images", reference.name(), "push").withText("tag", all ? "" : reference.tag());
    try (var answer =
        invocation
            .daemon()
            .post(
                target,
                "X-Registry-Auth",
                Credentials.of(invocation.environment()).header(reference.name()))) {
      new Progress(shown, !quiet && console.terminal().output()).show(answer.jsonStream());
    }
    if (quiet) {
      console.out().println(all ? reference.name() : reference);
    }
    return 0;
  }
}
